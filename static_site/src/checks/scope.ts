import type { Check } from "../api/types";
import { checks } from "../texts/checks";

/** Of what a check was drawn, in words. */
export const scopeOf = ({ label, labeler, labelerName }: Pick<Check, "label" | "labeler" | "labelerName">): string =>
  checks.scope({ label, labeler: labelerName ?? labeler });
