import { Field, Input } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { datastoresQuery } from "../api/queries/datastores";
import { askAgain } from "../api/queryClient";
import { fieldMessage, unplaced } from "../parts/fields";
import { FormDialog } from "../parts/FormDialog";
import { texts } from "../texts";
import { emptyAuth, isForDirectory, isWhole, toAuth } from "./auth";
import { AuthFields } from "./AuthFields";

const NAME = /^[A-Za-z0-9_-]{0,64}$/;

interface NewDatastoreDialogProps {
  onMade: (name: string) => void;
  onClose: () => void;
}

export function NewDatastoreDialog({ onMade, onClose }: NewDatastoreDialogProps) {
  const [name, setName] = useState("");
  const [containerUrl, setContainerUrl] = useState("");
  const [folder, setFolder] = useState("");
  const [auth, setAuth] = useState(emptyAuth);
  const hasFolder = isForDirectory(auth);
  const create = useMutation({
    mutationFn: () =>
      ok(
        api.POST("/api/datastores", {
          body: { name, containerUrl: containerUrl.trim(), folder: hasFolder ? folder : "", auth: toAuth(auth) },
        }),
      ),
    onSuccess: async () => {
      await askAgain(datastoresQuery);
      onMade(name);
    },
  });
  const nameMistake = NAME.test(name) ? undefined : texts.datastores.nameWrong;
  return (
    <FormDialog
      title={texts.datastores.add}
      button={texts.common.create}
      ready={name !== "" && !nameMistake && containerUrl.trim() !== "" && isWhole(auth) && (!hasFolder || folder !== "")}
      pending={create.isPending}
      error={unplaced(create.error, "name", "containerUrl", "folder", "auth")}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      <Field
        label={texts.datastores.name}
        required
        hint={texts.datastores.nameHint}
        validationMessage={nameMistake ?? fieldMessage(create.error, "name")}
      >
        <Input value={name} onChange={(_, data) => setName(data.value)} />
      </Field>
      <Field
        label={texts.datastores.url}
        required
        hint={texts.datastores.urlHint}
        validationMessage={fieldMessage(create.error, "containerUrl")}
      >
        <Input type="url" value={containerUrl} onChange={(_, data) => setContainerUrl(data.value)} />
      </Field>
      <AuthFields auth={auth} onChange={setAuth} refusal={create.error} />
      {hasFolder && (
        <Field
          label={texts.datastores.folder}
          required
          hint={texts.datastores.folderHint}
          validationMessage={fieldMessage(create.error, "folder")}
        >
          <Input value={folder} onChange={(_, data) => setFolder(data.value)} />
        </Field>
      )}
    </FormDialog>
  );
}
