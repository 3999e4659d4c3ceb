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
import { api, ok } from "../api/client";
import { queryClient } from "../api/queryClient";
import type { Datastore } from "../api/types";
import { unplaced } from "../parts/fields";
import { FormDialog } from "../parts/FormDialog";
import { notify } from "../shell/notices";
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
  const save = useMutation({
    mutationFn: () =>
      ok(
        api.PATCH("/api/datastores/{name}", {
          params: { path: { name: datastore.name } },
          body: { auth: toAuth(auth) },
        }),
      ),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["datastores"] });
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
      await queryClient.invalidateQueries({ queryKey: ["datastores"] });
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
