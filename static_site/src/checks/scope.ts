import type { Check } from "../api/types";
import { texts } from "../texts";

/** Of what a check was drawn, in words. */
export const scopeOf = ({ label, labeler, labelerName }: Pick<Check, "label" | "labeler" | "labelerName">): string =>
  texts.checks.scope({ label, labeler: labelerName ?? labeler });
