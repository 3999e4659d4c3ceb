import {
  Button,
  Checkbox,
  Label,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Radio,
  RadioGroup,
  makeStyles,
  tokens,
  useId,
} from "@fluentui/react-components";
import { ChevronDownRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { MATCHES, type LabelsWanted, type Match } from "../api/queries/images";
import type { Project } from "../api/types";
import { Choice } from "../parts/Choice";
import { groupsOf, shownPath } from "../parts/labelGroups";
import { taskOf } from "../tasks";
import { texts } from "../texts";
import { LabelChecks } from "./LabelChecks";
import type { ViewState } from "./useView";

const useStyles = makeStyles({
  field: { minWidth: 0 },
  label: { display: "block", paddingBlock: tokens.spacingVerticalXXS, marginBottom: tokens.spacingVerticalXXS },
  button: {
    width: "100%",
    minWidth: 0,
    justifyContent: "space-between",
    paddingInline: tokens.spacingHorizontalMNudge,
    fontWeight: tokens.fontWeightRegular,
  },
  words: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  surface: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    width: "320px",
    maxWidth: "calc(100vw - 32px)",
    boxSizing: "border-box",
    padding: tokens.spacingHorizontalM,
  },
});

interface LabelFilterProps {
  project: Project;
  state: ViewState;
}

/** Which labels images are to have: one, or all of a group; where images have several, any number of these. */
export function LabelFilter(props: LabelFilterProps) {
  return taskOf(props.project).isOneLabel ? <OneLabel {...props} /> : <SeveralLabels {...props} />;
}

/** Before the path of a group, to tell it from a label: no name has a line break. */
const GROUP = "\n";

function OneLabel({ project, state }: LabelFilterProps) {
  const { view, asked, set } = state;
  const wanted = view.filter.labels;
  return (
    <Choice
      label={texts.data.label}
      value={wanted?.group ? GROUP + wanted.group.path : (wanted?.labels[0]?.name ?? (asked("label") || asked("group")))}
      choices={[
        ...groupsOf(project.labels).map((path) => ({ value: GROUP + path, text: texts.data.allOf(shownPath(path)) })),
        ...project.labels.map(({ name }) => ({ value: name, text: name })),
      ]}
      onChoose={(chosen) => {
        const isGroup = chosen.startsWith(GROUP);
        set({ label: isGroup ? null : chosen, group: isGroup ? chosen.slice(GROUP.length) : null });
      }}
    />
  );
}

const NOTHING: LabelsWanted = { match: "any", labels: [] };

function SeveralLabels({ project, state }: LabelFilterProps) {
  const styles = useStyles();
  const id = useId("label-filter");
  const wanted = state.view.filter.labels ?? NOTHING;
  const { labels, group } = wanted;
  /** As it is shown while no label is chosen yet, to which it would apply. */
  const [foreseen, setForeseen] = useState<Match>("any");
  const isNoLabel = isForNoLabel(wanted);
  const isAny = labels.length === 0 && !group;
  const match = isAny ? foreseen : wanted.match;
  const set = (names: readonly string[], path: string | undefined, by = match) =>
    state.set({ label: names, group: path ?? null, match: names.length > 0 || path ? by : null });
  const names = labels.map(({ name }) => name);
  const words = wordsOf(wanted);
  return (
    // No Field: it would name all that is in the popover, too.
    <div className={styles.field}>
      <Label className={styles.label} htmlFor={id}>
        {texts.data.label}
      </Label>
      <Popover trapFocus positioning={{ position: "below", align: "start" }}>
          <PopoverTrigger disableButtonEnhancement>
            <Button
              id={id}
              className={styles.button}
              icon={<ChevronDownRegular />}
              iconPosition="after"
              title={words}
              aria-label={texts.data.labelFilter(words)}
            >
              <span className={styles.words}>{words}</span>
            </Button>
          </PopoverTrigger>
          <PopoverSurface className={styles.surface} aria-label={texts.data.labelsWanted}>
            <RadioGroup
              layout="horizontal"
              aria-label={texts.data.labelsWanted}
              value={isNoLabel ? "" : match}
              onChange={(_, data) => {
                setForeseen(data.value as Match);
                set(names, group?.path, data.value as Match);
              }}
            >
              {MATCHES.map((one) => (
                <Radio key={one} value={one} label={texts.data.matches[one]} />
              ))}
            </RadioGroup>
            <LabelChecks
              labels={project.labels}
              stateOf={({ name }) => names.includes(name)}
              onTurn={({ name }) =>
                set(names.includes(name) ? names.filter((one) => one !== name) : [...names, name], group?.path)
              }
              group={{
                chosen: group?.path,
                onTurn: (path) => set(names, path === group?.path ? undefined : path),
              }}
            >
              <Checkbox
                checked={isNoLabel}
                onChange={() => {
                  setForeseen("any");
                  state.set({ label: null, group: null, match: isNoLabel ? null : "none" });
                }}
                label={texts.data.noLabel}
              />
            </LabelChecks>
          </PopoverSurface>
      </Popover>
    </div>
  );
}

const isForNoLabel = ({ match, labels, group }: LabelsWanted): boolean =>
  match === "none" && labels.length === 0 && !group;

function wordsOf(wanted: LabelsWanted): string {
  const { match, labels, group } = wanted;
  if (isForNoLabel(wanted)) return texts.data.noLabel;
  const names = [...(group ? [texts.data.allOf(shownPath(group.path))] : []), ...labels.map(({ name }) => name)];
  return names.length > 0 ? texts.data.matchWords[match](names) : texts.data.any;
}
