import { tokens } from "@fluentui/react-components";
import type { CSSProperties } from "react";
import { labelBand } from "../parts/colors";
import type { Suggestion } from "../tasks/task";

const PAPER = tokens.colorNeutralBackground1;
/** How thick the frame is, how long its dashes, and what is between them. */
const [FRAME, DASH, GAP] = ["3px", "7px", "4px"] as const;
const AROUND: CSSProperties = { paddingInline: tokens.spacingHorizontalSNudge };

const side = (place: string, size: string, along: "90deg" | "0deg"): string =>
  `repeating-linear-gradient(${along}, transparent 0 ${DASH}, ${PAPER} 0 calc(${DASH} + ${GAP})) ${place} / ${size} no-repeat`;

/** A dashed frame of what is beneath, empty inside. */
const DASHED = [
  `linear-gradient(${PAPER}, ${PAPER}) center / calc(100% - 2 * ${FRAME}) calc(100% - 2 * ${FRAME}) no-repeat`,
  side("top", `100% ${FRAME}`, "90deg"),
  side("bottom", `100% ${FRAME}`, "90deg"),
  side("left", `${FRAME} 100%`, "0deg"),
  side("right", `${FRAME} 100%`, "0deg"),
].join(", ");

/** How a suggested label looks. What fills the band of a label is a dashed frame here, so that nobody takes the one for the
 *  other, whatever colors they see; what is unsure has none of the label's color. */
export const suggestedLook = ({ label, sure }: Pick<Suggestion, "label" | "sure">): CSSProperties =>
  sure
    ? {
        ...AROUND,
        color: tokens.colorNeutralForeground1,
        background: `${DASHED}, ${labelBand(label).background}`,
      }
    : {
        ...AROUND,
        color: tokens.colorNeutralForeground2,
        fontWeight: tokens.fontWeightRegular,
        outline: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
        outlineOffset: "-1px",
      };
