import { Field, Input } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { projectsQuery } from "../api/queries/projects";
import { askAgain } from "../api/queryClient";
import { fieldMessage, unplaced } from "../parts/fields";
import { FormDialog } from "../parts/FormDialog";
import { notify } from "../parts/notices";
import { texts } from "../texts";
import { RestorePreview } from "./RestorePreview";

/** Restores a backup: first what that would do is shown, then what is ticked of it is accepted. */
export function RestoreDialog({ onClose }: { onClose: () => void }) {
  const [folder, setFolder] = useState("");
  const [people, setPeople] = useState<readonly string[]>([]);
  const [acceptsAddress, acceptAddress] = useState(false);
  const look = useMutation({
    mutationFn: () => ok(api.POST("/api/restores/preview", { body: { folder: folder.trim() } })),
  });
  const preview = look.data;
  const restore = useMutation({
    mutationFn: () => {
      const address = acceptsAddress ? preview?.address.here : undefined;
      const body = { folder: folder.trim(), manifest: preview?.manifest, people: [...people], address };
      return ok(api.POST("/api/restores", { body }));
    },
    onSuccess: async (begun) => {
      await askAgain(projectsQuery);
      notify([texts.restore.begun(begun.projectName), ...begun.notes].join(" "), "info");
      onClose();
    },
  });
  const isOpen = preview?.address.here != null && (preview.address.known || acceptsAddress);
  const another = (value: string) => {
    setFolder(value);
    setPeople([]);
    acceptAddress(false);
    look.reset();
    restore.reset();
  };
  return (
    <FormDialog
      title={texts.restore.title}
      button={preview ? texts.restore.restore : texts.restore.preview}
      ready={preview ? preview.original === null && isOpen : folder.trim() !== ""}
      pending={look.isPending || restore.isPending}
      error={unplaced(look.error, "folder") ?? restore.error}
      onSubmit={() => (preview ? restore : look).mutate()}
      onClose={onClose}
    >
      <Field
        label={texts.restore.folder}
        required
        hint={texts.restore.folderHint}
        validationMessage={fieldMessage(look.error, "folder")}
      >
        <Input value={folder} onChange={(_, data) => another(data.value)} />
      </Field>
      {preview && (
        <RestorePreview
          preview={preview}
          people={people}
          onPeople={setPeople}
          acceptsAddress={acceptsAddress}
          onAddress={acceptAddress}
        />
      )}
    </FormDialog>
  );
}
