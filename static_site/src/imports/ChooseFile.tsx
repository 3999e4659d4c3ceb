import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular, FolderRegular } from "@fluentui/react-icons";
import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { imports } from "../texts/imports";
import { tidyPath, type Source } from "./choices";
import { DropFiles } from "./DropFiles";
import { useLabelFiles } from "./useLabelFiles";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
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
  const files = useLabelFiles(projectId, (sent) => onChoose({ kind: "upload", ...sent }));
  const [isOpen, setOpen] = useState(false);
  const [path, setPath] = useState("");
  const form = useId();
  const choose = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isBack) choose.current?.focus();
  }, [isBack]);
  const use = (event: FormEvent) => {
    event.preventDefault();
    if (tidyPath(path)) onChoose({ kind: "file", path: tidyPath(path) });
  };
  return (
    <div className={styles.whole}>
      <DropFiles files={files} button={choose} />
      <Button
        className={styles.fold}
        appearance="subtle"
        icon={<FolderRegular />}
        disabled={files.isBusy}
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
              disabled={files.isBusy}
              onChange={(_, data) => setPath(data.value)}
            />
          </Field>
          <Button type="submit" disabled={files.isBusy || !tidyPath(path)}>
            {imports.pathUse}
          </Button>
        </form>
      )}
    </div>
  );
}
