import { tokens } from "@fluentui/react-components";
import type { CSSProperties } from "react";
import { labelBand } from "../parts/colors";
import type { Suggestion } from "./suggestions";

const FRAME = 3;
const PAPER = tokens.colorNeutralBackground1;
const INSIDE = `calc(100% - ${2 * FRAME}px)`;

const outline = (width: number, color: string): CSSProperties => ({
  outline: `${width}px dashed ${color}`,
  outlineOffset: `${-width}px`,
});

const UNSURE: CSSProperties = {
  color: tokens.colorNeutralForeground2,
  fontWeight: tokens.fontWeightRegular,
  ...outline(1, tokens.colorNeutralStrokeAccessible),
};

/** How a suggested label looks. What fills the band of a tag is a dashed frame here, so that nobody takes the one for the
 *  other, whatever colors they see; what is unsure has none of the label's color. */
export const suggestedLook = ({ label, sure }: Suggestion): CSSProperties =>
  sure
    ? {
        background: `linear-gradient(${PAPER}, ${PAPER}) center / ${INSIDE} ${INSIDE} no-repeat, ${labelBand(label).background}`,
        color: tokens.colorNeutralForeground1,
        ...outline(FRAME, PAPER),
      }
    : UNSURE;
