import { CheckmarkFilled, SubtractFilled } from "@fluentui/react-icons";
import type { Part } from "./pageState";

/** Whether all of the chosen images have something, or some. */
export const PartSign = ({ part }: { part: Exclude<Part, false> }) =>
  part === "mixed" ? <SubtractFilled fontSize={14} aria-hidden /> : <CheckmarkFilled fontSize={14} aria-hidden />;
