import { makeStyles, tokens } from "@fluentui/react-components";
import type { ComponentProps } from "react";

const useStyles = makeStyles({
  key: {
    minWidth: "20px",
    boxSizing: "border-box",
    flexShrink: 0,
    textAlign: "center",
    fontFamily: "inherit",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "18px",
    borderRadius: tokens.borderRadiusSmall,
    color: tokens.colorNeutralForeground2,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
  },
});

/** The key that gives a label, as it stands on keyboards. */
export function LabelKey({ name, ...attributes }: { name: string } & ComponentProps<"kbd">) {
  return (
    <kbd {...attributes} className={useStyles().key}>
      {name.toUpperCase()}
    </kbd>
  );
}
