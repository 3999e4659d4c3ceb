import { Button, MessageBar, MessageBarBody, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowUploadRegular } from "@fluentui/react-icons";
import { useRef, useState, type DragEvent, type Ref } from "react";
import { imports } from "../texts/imports";
import { UploadProgress } from "../uploads/UploadProgress";
import { useNoSlips } from "../uploads/useNoSlips";
import type { LabelFiles } from "./useLabelFiles";

const useStyles = makeStyles({
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
  words: { textAlign: "center" },
  over: { border: `1px dashed ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorBrandBackground2 },
  hidden: { display: "none" },
});

interface DropFilesProps {
  files: LabelFiles;
  /** Of the button that opens the choice of files. */
  button?: Ref<HTMLButtonElement>;
}

/** Files with labels are dropped or chosen here, and go into storage together. */
export function DropFiles({ files, button }: DropFilesProps) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  useNoSlips();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    files.take([...event.dataTransfer.files]);
  };
  const isReady = isOver && !files.isBusy;
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        className={styles.hidden}
        aria-label={imports.choose}
        onChange={({ target }) => {
          files.take([...(target.files ?? [])]);
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
        <Text className={styles.words}>
          {isReady ? imports.dropNow : files.isBusy ? imports.uploading(files.name) : imports.drop}
        </Text>
        <Button
          ref={button}
          icon={<ArrowUploadRegular />}
          disabled={files.isBusy}
          onClick={() => input.current?.click()}
        >
          {imports.choose}
        </Button>
      </div>
      <UploadProgress phase={files.phase} onCancel={files.cancel} />
      {files.trouble !== null && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{files.trouble}</MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
