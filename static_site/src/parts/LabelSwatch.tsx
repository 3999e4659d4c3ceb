import { makeStyles, tokens } from "@fluentui/react-components";
import type { Label } from "../api/types";
import { labelBand } from "./colors";

const useStyles = makeStyles({
  swatch: {
    display: "inline-block",
    maxWidth: "32ch",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    verticalAlign: "bottom",
    paddingInline: tokens.spacingHorizontalS,
    borderRadius: tokens.borderRadiusMedium,
    fontSize: tokens.fontSizeBase200,
    lineHeight: "22px",
    fontWeight: tokens.fontWeightSemibold,
  },
});

export function LabelSwatch({ label }: { label: Label }) {
  return (
    <span className={useStyles().swatch} style={labelBand(label.id)} title={label.name}>
      {label.name}
    </span>
  );
}
