import { Button, Field, Text, makeStyles, tokens } from "@fluentui/react-components";
import { sampleQuery } from "../../api/queries/datastores";
import { askAgain } from "../../api/queryClient";
import { texts } from "../../texts";
import { askWorkspace, WORKSPACE } from "../../uploads/calls";
import { foldersOf, labelFolders } from "../../uploads/choosing";
import { UploadPart } from "../../uploads/UploadPart";
import type { DatasetProps, StepProps } from "./stepProps";

const MOST_FOLDERS = 1_000;

const useStyles = makeStyles({
  labels: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  words: { flex: "1 1 320px", overflowWrap: "anywhere" },
});

/** A folder of its own for each upload, so that nobody's files mix. */
const newPrefix = (name: string): string =>
  `${name.trim().replaceAll("/", "-") || "images"}-${crypto.randomUUID().slice(0, 8)}/`;

export function UploadFiles({ draft, mistakes, change, changeDataset, setBusy }: DatasetProps) {
  const { dataset } = draft;
  const { uploadPrefix, uploaded } = dataset;
  return (
    <>
      <Field
        label={texts.upload.label}
        hint={`${texts.upload.formats} ${texts.upload.stored}`}
        validationMessage={mistakes.upload}
      >
        <UploadPart
          begin={(chosen) => {
            const prefix = uploadPrefix || newPrefix(dataset.name);
            const uploadFolders = [...new Set([...(dataset.uploadFolders ?? []), ...foldersOf(chosen)])];
            // What is cut off goes on in the same folder.
            changeDataset({ uploadPrefix: prefix, uploadFolders: uploadFolders.slice(0, MOST_FOLDERS) });
            return askWorkspace(prefix);
          }}
          onBusy={setBusy}
          onEnd={({ sent, existing }) => {
            changeDataset({ uploaded: Math.max(uploaded, existing) + sent });
            void askAgain(sampleQuery(WORKSPACE, uploadPrefix));
          }}
        >
          {uploaded > 0 && <Text>{texts.upload.there(uploaded)}</Text>}
          {uploaded === 0 && uploadPrefix && <Text>{texts.upload.unfinished}</Text>}
        </UploadPart>
      </Field>
      {uploaded > 0 && <FolderLabels draft={draft} change={change} />}
    </>
  );
}

/** Where each image lies in one of some folders, their names may be the project's labels. */
function FolderLabels({ draft, change }: Pick<StepProps, "draft" | "change">) {
  const styles = useStyles();
  const names = labelFolders(draft.dataset.uploadFolders ?? []);
  const missing = names.filter((name) => !draft.labels.some((label) => label.name === name));
  if (names.length === 0) return null;
  return (
    <div className={styles.labels} role="status">
      <Text className={styles.words}>
        {missing.length > 0 ? texts.upload.folders(names) : texts.upload.usedFolders}
      </Text>
      {missing.length > 0 && (
        <Button onClick={() => change({ labels: [...draft.labels, ...missing.map((name) => ({ name }))] })}>{texts.upload.useFolders}</Button>
      )}
    </div>
  );
}
