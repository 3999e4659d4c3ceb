import { Button, Spinner, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { LabelFilePreview } from "../../api/types";
import { DropFiles } from "../../imports/DropFiles";
import { useLabelFiles, type LabelFiles } from "../../imports/useLabelFiles";
import { formatBytes } from "../../parts/format";
import { LABEL_LIMITS } from "../../parts/labelRules";
import { Trouble } from "../../parts/States";
import { TASK_TYPES } from "../../tasks";
import { imports, startLabels } from "../../texts/imports";
import { taskTypeOf, type Draft } from "./draft";
import { fateOf, filledFrom, withoutFile } from "./labelFile";
import type { StepProps } from "./stepProps";
import { useLabelPreview } from "./useLabelPreview";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  file: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  name: { overflowWrap: "anywhere", minWidth: 0, outlineStyle: "none" },
  said: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS, overflowWrap: "anywhere" },
  wait: { alignSelf: "flex-start" },
});

/** Labels that people have may be what the project starts with: a file is dropped, and the draft filled in from it. */
export function StartLabels({ draft, change, setBusy, skipTo }: StepProps) {
  const styles = useStyles();
  const { labelFile } = draft;
  const [isMoved, setMoved] = useState(false);
  const files = useLabelFiles(null, (sent) => {
    setMoved(true);
    change({ ...withoutFile(draft), labelFile: { ...sent, isTaken: false } });
  });
  const preview = useLabelPreview(draft);
  const isBusy = files.isBusy || preview.isLoading;
  useEffect(() => {
    if (!isBusy) return undefined;
    setBusy(true);
    return () => setBusy(false);
  }, [isBusy, setBusy]);
  const fill = useEffectEvent((found: LabelFilePreview) => {
    if (labelFile && !labelFile.isTaken) change(filledFrom(draft, found));
  });
  useEffect(() => {
    if (preview.data) fill(preview.data);
  }, [preview.data]);

  return (
    <section className={styles.whole} aria-label={startLabels.title}>
      <Text as="h3" size={400} weight="semibold" className={styles.title}>
        {startLabels.title}
      </Text>
      {labelFile ? (
        <>
          <Named
            file={labelFile}
            isMoved={isMoved}
            onRemove={() => {
              setMoved(true);
              change(withoutFile(draft));
            }}
          />
          {preview.isLoading && (
            <Spinner className={styles.wait} size="tiny" label={startLabels.reading(labelFile.name)} />
          )}
          {preview.isError && <Trouble error={preview.error} retry={() => void preview.refetch()} />}
          {preview.data && <Said draft={draft} preview={preview.data} />}
          {labelFile.isTaken && preview.data && (
            <div className={styles.file}>
              <Button onClick={() => skipTo("summary")}>{startLabels.skip}</Button>
              <Text className={styles.quiet}>{startLabels.skipWords}</Text>
            </div>
          )}
        </>
      ) : (
        <Choice files={files} isMoved={isMoved} />
      )}
    </section>
  );
}

function Choice({ files, isMoved }: { files: LabelFiles; isMoved: boolean }) {
  const styles = useStyles();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isMoved) button.current?.focus();
  }, [isMoved]);
  return (
    <>
      <Text className={styles.quiet}>{startLabels.words}</Text>
      <DropFiles files={files} button={button} />
    </>
  );
}

interface NamedProps {
  file: NonNullable<Draft["labelFile"]>;
  /** It was chosen here just now, and gets the focus. */
  isMoved: boolean;
  onRemove: () => void;
}

function Named({ file, isMoved, onRemove }: NamedProps) {
  const styles = useStyles();
  const name = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (isMoved) name.current?.focus();
  }, [isMoved]);
  return (
    <div className={styles.file}>
      <Text ref={name} tabIndex={-1} className={styles.name}>
        {imports.sized(file.name, formatBytes(file.bytes))}
      </Text>
      <Button size="small" onClick={onRemove}>
        {startLabels.remove}
      </Button>
    </div>
  );
}

/** What the file holds, what was filled in from it, and what becomes of the images. */
function Said({ draft, preview }: { draft: Draft; preview: LabelFilePreview }) {
  const styles = useStyles();
  const { format, lines, regions, labels } = preview;
  const task = TASK_TYPES[taskTypeOf(draft)].words.name;
  return (
    <div className={styles.said} role="status">
      <Text>{lines > 0 ? imports.holds(formatName(format), lines) : imports.nothing}</Text>
      {regions > 0 && <Text>{imports.regions(regions)}</Text>}
      {labels.length > 0 && <Text>{startLabels.filled(labels.length, task)}</Text>}
      {labels.length >= LABEL_LIMITS.most && <Text>{startLabels.mostFrequent(LABEL_LIMITS.most)}</Text>}
      {lines > 0 && fateOf(draft, preview).map((words) => <Text key={words}>{words}</Text>)}
    </div>
  );
}

const formatName = (format: string): string =>
  (imports.formats as Readonly<Record<string, string | undefined>>)[format] ?? format;

/** On the summary: what becomes of the images by the file, as far as it was taken. */
export function LabelFate({ draft }: { draft: Draft }) {
  const preview = useLabelPreview(draft);
  if (!draft.labelFile?.isTaken) return null;
  if (preview.isError) return <Trouble error={preview.error} />;
  if (!preview.data) return <Spinner size="tiny" label={startLabels.reading(draft.labelFile.name)} />;
  return fateOf(draft, preview.data).map((words) => <Text key={words}>{words}</Text>);
}
