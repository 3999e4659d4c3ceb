import { Button, Field, Input, MessageBar, MessageBarActions, MessageBarBody, ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { allImports, startImport, useTry } from "../api/queries/imports";
import { askAgain } from "../api/queryClient";
import type { Import, Project } from "../api/types";
import { formatBytes } from "../parts/format";
import { Trouble } from "../parts/States";
import { texts } from "../texts";
import { imports } from "../texts/imports";
import { requestOf, type Begun, type Choices, type Source } from "./choices";
import { FileHolds } from "./FileHolds";
import { ImportChoices } from "./ImportChoices";
import { LookResult } from "./LookResult";
import { openOf } from "./labels";
import { useSettled } from "./useSettled";

/** Who changes several things gets one answer. */
const SETTLE_MS = 400;

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  title: { margin: 0, overflowWrap: "anywhere", outlineStyle: "none" },
  wait: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  start: { display: "flex", flexWrap: "wrap", alignItems: "end", gap: tokens.spacingHorizontalM },
  // As high as the button beside it.
  why: { display: "flex", alignItems: "center", minHeight: "32px", color: tokens.colorNeutralForeground2 },
});

const titleOf = (source: Source): string => {
  if (source.kind === "upload")
    return source.bytes === undefined ? source.name : imports.sized(source.name, formatBytes(source.bytes));
  return source.kind === "file" ? source.path : imports.folders;
};

interface LookProps {
  project: Project;
  begun: Begun;
  onAnother: () => void;
  onStarted: (one: Import) => void;
}

/** What importing a file would do, by choices that may be changed; and the import itself. */
export function Look({ project, begun, onAnother, onStarted }: LookProps) {
  const styles = useStyles();
  const { source } = begun;
  const isAdministrator = project.role === "administrator";
  const [choices, setChoices] = useState<Choices>({
    format: "auto",
    as: isAdministrator ? "labels" : "suggestions",
    replace: false,
    duplicates: "leave",
    part: -2,
    columns: {},
    decisions: {},
    ...begun.choices,
  });
  const [name, setName] = useState(begun.name ?? "");
  const [tries, setTries] = useState(0);
  const settled = useSettled(choices, SETTLE_MS);
  const body = requestOf(source, settled, true);
  // Labels that are made meanwhile change what the same file would do.
  const key = JSON.stringify([body, begun.at, tries, project.labels.map(({ name }) => name)]);
  const look = useTry(project.id, key, body);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);

  const start = useMutation({
    mutationFn: () => startImport(project.id, { ...requestOf(source, choices, false), name: name.trim() || null }),
    onSuccess: async (one) => {
      await askAgain(allImports(project.id));
      onStarted(one);
    },
  });
  const { newest, finished } = look;
  const isCurrent = settled === choices && finished !== undefined && finished === newest;
  const result = finished?.status === "completed" ? finished : undefined;
  const labels = result ? result.labels : [];
  const open = openOf(labels, choices.decisions, isAdministrator);
  const isDecided = open.create.length + open.ask.length === 0;
  const mayStart = isAdministrator || choices.as === "suggestions";
  return (
    <div className={styles.whole}>
      <div className={styles.head}>
        <Text ref={title} as="h3" size={400} weight="semibold" className={styles.title} tabIndex={-1}>
          {titleOf(source)}
        </Text>
        <Button size="small" disabled={start.isPending} onClick={onAnother}>
          {source.kind === "folders" ? imports.anotherThan : imports.another}
        </Button>
      </div>
      <ImportChoices
        choices={choices}
        haveParts={source.kind === "folders"}
        haveDuplicates={result !== undefined && result.ambiguous.count > 0}
        onChange={(change) => setChoices({ ...choices, ...change })}
      />
      {look.error ? (
        <Trouble error={look.error} retry={look.retry} />
      ) : isCurrent ? (
        finished.status === "failed" && (
          <MessageBar intent="error" layout="multiline" role="alert">
            <MessageBarBody>{finished.error ?? imports.failed}</MessageBarBody>
            <MessageBarActions>
              <Button size="small" onClick={() => setTries(tries + 1)}>
                {texts.common.tryAgain}
              </Button>
            </MessageBarActions>
          </MessageBar>
        )
      ) : (
        <div className={styles.wait} role="status">
          <Text>{finished ? imports.again : source.kind === "folders" ? imports.readingPaths : imports.reading}</Text>
          <ProgressBar
            thickness="large"
            value={newest?.status === "running" && newest.progress > 0 ? newest.progress : undefined}
            aria-label={imports.progress}
          />
        </div>
      )}
      {finished && (
        <FileHolds
          one={finished}
          choices={choices}
          onChange={(change) => setChoices({ ...choices, ...change })}
        />
      )}
      {result && (
        <LookResult
          project={project}
          one={result}
          labels={labels}
          decisions={choices.decisions}
          canCreate={isAdministrator}
          isOld={!isCurrent}
          onDecide={(decisions) => setChoices({ ...choices, decisions })}
        />
      )}
      {result && (
        <div className={styles.start}>
          {choices.as === "suggestions" && (
            <Field label={imports.name}>
              <Input
                value={name}
                maxLength={100}
                placeholder={imports.nameExample}
                onChange={(_, { value }) => setName(value)}
              />
            </Field>
          )}
          <Button
            appearance="primary"
            disabled={!isCurrent || !isDecided || !mayStart || result.labeled === 0 || start.isPending}
            onClick={() => start.mutate()}
          >
            {imports.start(result.labeled, result.as)}
          </Button>
          <Text className={styles.why}>
            {!mayStart ? imports.administrators : !isDecided ? imports.decideFirst : result.labeled === 0 && imports.nothingNew}
          </Text>
        </div>
      )}
      {start.isError && <Trouble error={start.error} />}
    </div>
  );
}
