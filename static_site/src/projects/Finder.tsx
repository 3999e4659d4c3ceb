import { Button, SearchBox, Select, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Project } from "../api/types";
import { Nothing } from "../parts/States";
import { texts } from "../texts";

const STATES = ["creating", "created", "paused", "failed"] as const;

export interface Sought {
  name: string;
  state: "any" | "inTrouble" | Project["status"];
}

export const NOTHING_SOUGHT: Sought = { name: "", state: "any" };

/** Whether a project is among those that are looked for; its name is found by any of its parts, in any case. */
export function isWanted(project: Project, { name, state }: Sought): boolean {
  const parts = name.toLowerCase().split(/\s+/);
  const named = project.name.toLowerCase();
  const inState = state === "any" || (state === "inTrouble" ? project.inTrouble : project.status === state);
  return inState && parts.every((part) => named.includes(part));
}

const useStyles = makeStyles({
  whole: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  search: { flex: "1 1 240px", maxWidth: "400px" },
  found: { color: tokens.colorNeutralForeground2 },
});

interface FinderProps {
  sought: Sought;
  onSeek: (sought: Sought) => void;
  found: number;
  all: number;
}

/** Finds one project among many. */
export function Finder({ sought, onSeek, found, all }: FinderProps) {
  const styles = useStyles();
  return (
    <div className={styles.whole} role="search" aria-label={texts.projects.search}>
      <SearchBox
        className={styles.search}
        value={sought.name}
        placeholder={texts.projects.search}
        aria-label={texts.projects.search}
        onChange={(_, data) => onSeek({ ...sought, name: data.value })}
      />
      <Select
        value={sought.state}
        aria-label={texts.projects.state}
        onChange={(_, data) => onSeek({ ...sought, state: data.value as Sought["state"] })}
      >
        <option value="any">{texts.projects.anyState}</option>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {texts.projectStatus[state]}
          </option>
        ))}
        <option value="inTrouble">{texts.projects.inTrouble}</option>
      </Select>
      <Text size={200} className={styles.found} role="status">
        {texts.projects.found(found, all)}
      </Text>
    </div>
  );
}

export function NoneFound({ onShowAll }: { onShowAll: () => void }) {
  return (
    <Nothing
      title={texts.projects.noneFound}
      actions={<Button onClick={onShowAll}>{texts.projects.showAll}</Button>}
    >
      {texts.projects.noneFoundWords}
    </Nothing>
  );
}
