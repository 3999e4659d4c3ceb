import { Button, Field, Input, Text, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import {
  ArrowDownRegular,
  ArrowUpRegular,
  DeleteRegular,
  FolderArrowRightRegular,
  InfoRegular,
  MergeRegular,
} from "@fluentui/react-icons";
import { memo } from "react";
import { texts } from "../texts";
import { labelColor } from "./colors";
import { indented } from "./GroupRow";
import { groupOf } from "./labelGroups";
import type { EditedLabel } from "./labelRules";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: tokens.spacingHorizontalXS },
  grow: { flex: "1 1 120px", minWidth: 0 },
  // An input has a width of its own, which would push the buttons into the next line.
  input: { minWidth: 0, width: "100%" },
  swatch: {
    width: "14px",
    height: "14px",
    flexShrink: 0,
    margin: "9px 6px 9px 2px",
    borderRadius: tokens.borderRadiusSmall,
    cursor: "grab",
  },
  count: {
    minWidth: "72px",
    lineHeight: "32px",
    textAlign: "right",
    color: tokens.colorNeutralForeground2,
    fontVariantNumeric: "tabular-nums",
  },
});

export type MoveControl = "name" | "up" | "down";

export interface LabelHandlers {
  rename: (index: number, label: EditedLabel) => void;
  move: (index: number, by: number, control: MoveControl) => void;
  remove: (index: number) => void;
  /** Asks into which group it is to go. */
  group: (index: number) => void;
  drag: (index: number) => void;
  /** What is dragged gets into a group: before the label there, or behind all. */
  drop: (group: string, before?: number) => void;
}

export interface Merging {
  /** Why nothing can be merged now; undefined when it can. */
  notNow: string | undefined;
  onMerge: (label: EditedLabel) => void;
  /** The list has changes that are not saved. */
  isEdited: boolean;
  onExplain: (label: EditedLabel) => void;
}

interface LabelRowProps {
  label: EditedLabel;
  index: number;
  /** How deep its group is. */
  depth: number;
  first: boolean;
  last: boolean;
  mistake: string | undefined;
  /** How many images have it; undefined where none can. */
  images: number | undefined;
  merging: Merging | undefined;
  handlers: LabelHandlers;
}

/** One label of a list that is edited. */
export const LabelRow = memo(function LabelRow({
  label,
  index,
  depth,
  first,
  last,
  mistake,
  images,
  merging,
  handlers,
}: LabelRowProps) {
  const styles = useStyles();
  const inUse = images !== undefined && images > 0;
  const remove = (
    <Button
      appearance="subtle"
      icon={<DeleteRegular />}
      disabledFocusable={inUse}
      aria-label={texts.labels.remove(label.name)}
      onClick={() => handlers.remove(index)}
    />
  );
  return (
    <li
      className={styles.row}
      style={indented(depth)}
      data-index={index}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        handlers.drop(groupOf(label), index);
      }}
    >
      <span
        className={styles.swatch}
        style={{ backgroundColor: labelColor(label.id ?? index + 1).background }}
        draggable
        title={texts.labels.dragTo}
        onDragStart={() => handlers.drag(index)}
      />
      <Field className={styles.grow} validationMessage={mistake}>
        <Input
          data-control="name"
          className={styles.input}
          value={label.name}
          aria-label={texts.labels.nameOf(index + 1)}
          onChange={(_, data) => handlers.rename(index, { ...label, name: data.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.preventDefault();
            if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
            event.preventDefault();
            handlers.move(index, event.key === "ArrowUp" ? -1 : 1, "name");
          }}
        />
      </Field>
      {images !== undefined && (
        <Text size={200} className={styles.count}>
          {texts.labels.images(images)}
        </Text>
      )}
      <Button
        appearance="subtle"
        data-control="up"
        icon={<ArrowUpRegular />}
        disabledFocusable={first}
        aria-label={texts.labels.up(label.name)}
        onClick={() => handlers.move(index, -1, "up")}
      />
      <Button
        appearance="subtle"
        data-control="down"
        icon={<ArrowDownRegular />}
        disabledFocusable={last}
        aria-label={texts.labels.down(label.name)}
        onClick={() => handlers.move(index, 1, "down")}
      />
      <Button
        appearance="subtle"
        data-control="group"
        icon={<FolderArrowRightRegular />}
        aria-label={texts.labels.groupOf(label.name)}
        onClick={() => handlers.group(index)}
      />
      {inUse ? (
        <Tooltip content={texts.labels.inUse} relationship="description">
          {remove}
        </Tooltip>
      ) : (
        remove
      )}
      {merging && (
        <Button
          appearance="subtle"
          icon={<InfoRegular />}
          disabledFocusable={label.id === undefined || merging.isEdited}
          title={merging.isEdited ? texts.labels.aboutLater : undefined}
          aria-label={texts.labels.about(label.name)}
          onClick={() => merging.onExplain(label)}
        />
      )}
      {merging && (
        <Button
          appearance="subtle"
          icon={<MergeRegular />}
          disabledFocusable={label.id === undefined || merging.notNow !== undefined}
          title={merging.notNow}
          aria-label={texts.details.mergeOf(label.name)}
          onClick={() => merging.onMerge(label)}
        />
      )}
    </li>
  );
});
