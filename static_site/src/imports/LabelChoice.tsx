import { Select, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import type { NamedLabel } from "../api/types";
import { imports } from "../texts/imports";
import { fateOf, namesake, type Decision, type Decisions, type Fate, type TheirLabel } from "./labels";

/** With more labels, a choice has them once somebody turns to it: hundreds of choices would have hundreds each. */
const FEW = 50;

const useStyles = makeStyles({ select: { width: "min(240px, 36vw)" } });

/** What becomes of a label as a choice has it, and back. */
const written = (fate: Fate): string => (fate.kind === "label" ? `label ${fate.name}` : fate.kind);
const read = (value: string): Decision | null =>
  value.startsWith("label ")
    ? { kind: "label", name: value.slice("label ".length) }
    : value === "new" || value === "out"
      ? { kind: value }
      : null;

interface LabelChoiceProps {
  label: TheirLabel;
  /** The project's labels. */
  there: readonly NamedLabel[];
  decisions: Decisions;
  canCreate: boolean;
  onDecide: (decision: Decision | null) => void;
}

/** What a label of the file is here: the same, a new one, another one, or none. */
export function LabelChoice({ label, there, decisions, canCreate, onDecide }: LabelChoiceProps) {
  const styles = useStyles();
  const [isNear, setNear] = useState(false);
  const same = namesake(label, there, decisions);
  const fate = fateOf(label, decisions, canCreate);
  const isOffered = ({ name }: NamedLabel): boolean =>
    name !== same && (isNear || there.length <= FEW || (fate.kind === "label" && fate.name === name));
  return (
    <Select
      size="small"
      className={styles.select}
      aria-label={imports.hereOf(label.name)}
      value={written(fate)}
      onFocus={() => setNear(true)}
      onPointerEnter={() => setNear(true)}
      onChange={(_, { value }) => onDecide(read(value))}
    >
      {same !== null && <option value="same">{imports.same(same, label.name)}</option>}
      {label.alike !== null && label.known === null && <option value="ask">{imports.ask}</option>}
      {same === null && canCreate && <option value="new">{imports.create}</option>}
      <option value="out">{imports.out}</option>
      {there.filter(isOffered).map(({ id, name }) => (
        <option key={id} value={`label ${name}`}>
          {name}
        </option>
      ))}
    </Select>
  );
}
