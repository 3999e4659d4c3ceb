import { Button, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowUploadRegular, FolderArrowUpRegular } from "@fluentui/react-icons";
import { useRef, useState, type DragEvent, type ReactNode } from "react";
import { texts } from "../texts";
import { foundIn, TAKEN } from "./choosing";
import { UploadOutcome } from "./UploadOutcome";
import { UploadProgress } from "./UploadProgress";
import { useNoSlips } from "./useNoSlips";
import { useUpload, type UploadCallbacks } from "./useUpload";
import { droppedIn } from "./walking";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  zone: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingVerticalL,
    textAlign: "center",
    border: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  over: { border: `1px dashed ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorBrandBackground2 },
  buttons: { display: "flex", flexWrap: "wrap", justifyContent: "center", gap: tokens.spacingHorizontalM },
  hidden: { display: "none" },
});

/** Browsers do not know all of these for images. */
const ACCEPTED = ["image/*", ...TAKEN].join(",");
const takesFolders = "webkitdirectory" in HTMLInputElement.prototype;

interface UploadPartProps extends UploadCallbacks {
  /** What is said as long as nothing was chosen. */
  children?: ReactNode;
}

/** Files and folders are dropped or chosen here, and go into storage. */
export function UploadPart({ children, ...callbacks }: UploadPartProps) {
  const styles = useStyles();
  const upload = useUpload(callbacks);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  useNoSlips();

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!upload.isBusy) upload.drop(droppedIn(event.dataTransfer.items));
  };
  const input = (ref: typeof files, what: string, options: Record<string, string>) => (
    <input
      ref={ref}
      type="file"
      multiple
      className={styles.hidden}
      aria-label={what}
      {...options}
      onChange={({ target }) => {
        upload.choose(foundIn(target.files));
        target.value = "";
      }}
    />
  );
  return (
    <div className={styles.whole}>
      {input(files, texts.upload.choose, { accept: ACCEPTED })}
      {takesFolders && input(folder, texts.upload.chooseFolder, { webkitdirectory: "" })}
      <div
        role="group"
        aria-label={texts.upload.label}
        className={mergeClasses(styles.zone, isOver && !upload.isBusy && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Text>{isOver && !upload.isBusy ? texts.upload.dropNow : texts.upload.drop}</Text>
        <div className={styles.buttons}>
          <Button icon={<ArrowUploadRegular />} disabled={upload.isBusy} onClick={() => files.current?.click()}>
            {texts.upload.choose}
          </Button>
          {takesFolders && (
            <Button icon={<FolderArrowUpRegular />} disabled={upload.isBusy} onClick={() => folder.current?.click()}>
              {texts.upload.chooseFolder}
            </Button>
          )}
        </div>
      </div>
      {upload.phase.kind === "idle" && children}
      <UploadProgress phase={upload.phase} onCancel={upload.cancel} />
      <UploadOutcome phase={upload.phase} leftOut={upload.leftOut} onAgain={upload.again} />
    </div>
  );
}
