import { Button, Field, Input, Text, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowDownRegular, ArrowUpRegular, DeleteRegular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { texts } from "../texts";
import { labelColor } from "./colors";
import type { EditedLabel } from "./labelRules";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: tokens.spacingHorizontalXS },
  grow: { flex: "1 1 120px" },
  swatch: {
    width: "14px",
    height: "14px",
    flexShrink: 0,
    margin: "9px 6px 9px 2px",
    borderRadius: tokens.borderRadiusSmall,
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

interface LabelRowProps {
  label: EditedLabel;
  index: number;
  last: boolean;
  mistake: string | undefined;
  /** How many images have it; undefined where none can. */
  images: number | undefined;
  action: ReactNode;
  onRename: (name: string) => void;
  onMove: (by: number, control: MoveControl) => void;
  onRemove: () => void;
}

/** One label of a list that is edited. */
export function LabelRow({ label, index, last, mistake, images, action, onRename, onMove, onRemove }: LabelRowProps) {
  const styles = useStyles();
  const inUse = images !== undefined && images > 0;
  const remove = (
    <Button
      appearance="subtle"
      icon={<DeleteRegular />}
      disabledFocusable={inUse}
      aria-label={texts.labels.remove(label.name)}
      onClick={onRemove}
    />
  );
  return (
    <li className={styles.row}>
      <span className={styles.swatch} style={{ backgroundColor: labelColor(label.id ?? index + 1).background }} />
      <Field className={styles.grow} validationMessage={mistake}>
        <Input
          data-control="name"
          value={label.name}
          aria-label={texts.labels.nameOf(index + 1)}
          onChange={(_, data) => onRename(data.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.preventDefault();
            if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
            event.preventDefault();
            onMove(event.key === "ArrowUp" ? -1 : 1, "name");
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
        disabledFocusable={index === 0}
        aria-label={texts.labels.up(label.name)}
        onClick={() => onMove(-1, "up")}
      />
      <Button
        appearance="subtle"
        data-control="down"
        icon={<ArrowDownRegular />}
        disabledFocusable={last}
        aria-label={texts.labels.down(label.name)}
        onClick={() => onMove(1, "down")}
      />
      {inUse ? (
        <Tooltip content={texts.labels.inUse} relationship="description">
          {remove}
        </Tooltip>
      ) : (
        remove
      )}
      {action}
    </li>
  );
}
