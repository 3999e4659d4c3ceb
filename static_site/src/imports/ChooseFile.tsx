import { Button, Field, Input, MessageBar, MessageBarBody, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowUploadRegular, ChevronDownRegular, ChevronRightRegular, FolderRegular } from "@fluentui/react-icons";
import { useEffect, useId, useRef, useState, type DragEvent, type FormEvent } from "react";
import { imports } from "../texts/imports";
import { UploadProgress } from "../uploads/UploadProgress";
import { useNoSlips } from "../uploads/useNoSlips";
import { tidyPath, type Source } from "./choices";
import { useLabelFile } from "./useLabelFile";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  zone: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingVerticalXXL,
    textAlign: "center",
    border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  over: { border: `1px dashed ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorBrandBackground2 },
  hidden: { display: "none" },
  fold: { alignSelf: "flex-start" },
  path: { display: "flex", flexWrap: "wrap", alignItems: "flex-end", gap: tokens.spacingHorizontalM },
  field: { flex: "1 1 240px", maxWidth: "480px" },
});

interface ChooseFileProps {
  projectId: string;
  /** Somebody comes back from a file: the focus goes where another one is chosen. */
  isBack: boolean;
  onChoose: (source: Source) => void;
}

/** A file with labels is dropped or chosen here, or named by its path in the project's folder. */
export function ChooseFile({ projectId, isBack, onChoose }: ChooseFileProps) {
  const styles = useStyles();
  const file = useLabelFile(projectId, onChoose);
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [path, setPath] = useState("");
  const form = useId();
  const choose = useRef<HTMLButtonElement>(null);
  useNoSlips();
  useEffect(() => {
    if (isBack) choose.current?.focus();
  }, [isBack]);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    file.take([...event.dataTransfer.files]);
  };
  const use = (event: FormEvent) => {
    event.preventDefault();
    if (tidyPath(path)) onChoose({ kind: "file", path: tidyPath(path) });
  };
  const isReady = isOver && !file.isBusy;
  return (
    <div className={styles.whole}>
      <input
        ref={input}
        type="file"
        className={styles.hidden}
        aria-label={imports.choose}
        onChange={({ target }) => {
          file.take([...(target.files ?? [])]);
          target.value = "";
        }}
      />
      <div
        role="group"
        aria-label={imports.zone}
        className={mergeClasses(styles.zone, isReady && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Text>{isReady ? imports.dropNow : file.isBusy ? imports.uploading(file.name) : imports.drop}</Text>
        <Button ref={choose} icon={<ArrowUploadRegular />} disabled={file.isBusy} onClick={() => input.current?.click()}>
          {imports.choose}
        </Button>
      </div>
      <UploadProgress phase={file.phase} onCancel={file.cancel} />
      {file.trouble !== null && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{file.trouble}</MessageBarBody>
        </MessageBar>
      )}
      <Button
        className={styles.fold}
        appearance="subtle"
        icon={<FolderRegular />}
        disabled={file.isBusy}
        onClick={() => onChoose({ kind: "folders" })}
      >
        {imports.useFolders}
      </Button>
      <Button
        className={styles.fold}
        appearance="subtle"
        icon={isOpen ? <ChevronDownRegular /> : <ChevronRightRegular />}
        aria-expanded={isOpen}
        aria-controls={isOpen ? form : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {imports.folder}
      </Button>
      {isOpen && (
        <form id={form} className={styles.path} onSubmit={use}>
          <Field className={styles.field} label={imports.path}>
            <Input
              value={path}
              maxLength={1024}
              placeholder={imports.pathExample}
              disabled={file.isBusy}
              onChange={(_, data) => setPath(data.value)}
            />
          </Field>
          <Button type="submit" disabled={file.isBusy || !tidyPath(path)}>
            {imports.pathUse}
          </Button>
        </form>
      )}
    </div>
  );
}
