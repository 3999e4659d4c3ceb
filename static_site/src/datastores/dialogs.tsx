import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Text,
} from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, isProblem, ok, Problem } from "../api/client";
import { datastoresQuery } from "../api/queries/datastores";
import { askAgain } from "../api/queryClient";
import type { Datastore } from "../api/types";
import { unplaced } from "../parts/fields";
import { FormDialog } from "../parts/FormDialog";
import { notify } from "../parts/notices";
import { texts } from "../texts";
import { emptyAuth, isWhole, toAuth } from "./auth";
import { AuthFields } from "./AuthFields";
import { FolderBrowser } from "./FolderBrowser";

interface DialogProps {
  datastore: Datastore;
  onClose: () => void;
}

export function BrowseDialog({ datastore, onClose }: DialogProps) {
  const [prefix, setPrefix] = useState("");
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{datastore.name}</DialogTitle>
          <DialogContent>
            <FolderBrowser datastore={datastore.name} prefix={prefix} onOpen={setPrefix} />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {texts.common.close}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

export function CredentialsDialog({ datastore, onClose }: DialogProps) {
  const [auth, setAuth] = useState(emptyAuth);
  const [seen, setSeen] = useState(datastore.etag);
  const path = { name: datastore.name };
  const save = useMutation({
    mutationFn: async () => {
      try {
        const params = { path, header: { "If-Match": seen } };
        return await ok(api.PATCH("/api/datastores/{name}", { params, body: { auth: toAuth(auth) } }));
      } catch (error) {
        if (!isProblem(error, 412)) throw error;
        const now = await ok(api.GET("/api/datastores/{name}", { params: { path } }));
        setSeen(now.etag);
        const detail = texts.datastores.credentialsChanged(now.name, texts.authKinds[now.auth]);
        throw new Problem(412, { detail });
      }
    },
    onSuccess: async () => {
      await askAgain(datastoresQuery);
      notify(texts.datastores.credentialsSaved(datastore.name));
      onClose();
    },
  });
  return (
    <FormDialog
      title={texts.datastores.credentialsTitle(datastore.name)}
      button={texts.common.save}
      ready={isWhole(auth)}
      pending={save.isPending}
      error={unplaced(save.error, "auth")}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <AuthFields auth={auth} onChange={setAuth} refusal={save.error} />
    </FormDialog>
  );
}

export function DeleteDialog({ datastore, onClose }: DialogProps) {
  const remove = useMutation({
    mutationFn: () => ok(api.DELETE("/api/datastores/{name}", { params: { path: { name: datastore.name } } })),
    onSuccess: async () => {
      await askAgain(datastoresQuery);
      onClose();
    },
  });
  return (
    <FormDialog
      title={texts.datastores.deleteTitle(datastore.name)}
      button={texts.common.delete}
      danger
      pending={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate()}
      onClose={onClose}
    >
      <Text>{texts.datastores.deleteWords}</Text>
    </FormDialog>
  );
}
