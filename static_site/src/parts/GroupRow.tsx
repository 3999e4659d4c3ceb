import { Button, Switch, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular, EditRegular } from "@fluentui/react-icons";
import { useState, type DragEvent } from "react";
import { texts } from "../texts";
import { shownPath, type GroupHeading } from "./labelGroups";

const useStyles = makeStyles({
  row: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    borderRadius: tokens.borderRadiusMedium,
  },
  over: { outline: `2px dashed ${tokens.colorBrandStroke1}` },
  name: { minWidth: 0, justifyContent: "flex-start", paddingInline: tokens.spacingHorizontalXS, overflowWrap: "anywhere" },
  count: { color: tokens.colorNeutralForeground2, flex: "1 0 auto", fontVariantNumeric: "tabular-nums" },
});

interface GroupRowProps {
  group: GroupHeading<unknown>;
  isFolded: boolean;
  /** Whether an image gets one of its labels at most; undefined where that is nothing to say. */
  isExclusive: boolean | undefined;
  onFold: () => void;
  onRename: () => void;
  onExclusive: (isExclusive: boolean) => void;
  onDrop: () => void;
}

/** The heading of a group in a list that is edited. A label may be dropped on it. */
export function GroupRow({ group, isFolded, isExclusive, onFold, onRename, onExclusive, onDrop }: GroupRowProps) {
  const styles = useStyles();
  const [isOver, setOver] = useState(false);
  const path = shownPath(group.path);
  return (
    <li
      className={mergeClasses(styles.row, isOver && styles.over)}
      style={indented(group.depth)}
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        onDrop();
      }}
    >
      <Button
        appearance="transparent"
        className={styles.name}
        icon={isFolded ? <ChevronRightRegular /> : <ChevronDownRegular />}
        aria-expanded={!isFolded}
        title={path}
        onClick={onFold}
      >
        {group.name}
      </Button>
      <Text size={200} className={styles.count}>
        {texts.labels.count(group.labels.length)}
      </Text>
      {isExclusive !== undefined && (
        <Switch
          checked={isExclusive}
          label={texts.labels.exclusive}
          aria-label={texts.labels.exclusiveOf(path)}
          title={texts.labels.exclusiveOf(path)}
          onChange={(_, data) => onExclusive(data.checked)}
        />
      )}
      <Button
        appearance="subtle"
        icon={<EditRegular />}
        aria-label={texts.labels.renameGroup(path)}
        onClick={onRename}
      />
    </li>
  );
}

/** How far in a row of the tree stands. */
export const indented = (depth: number) => ({ paddingInlineStart: `${depth * 14}px` });
