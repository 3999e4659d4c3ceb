import { lazy } from "react";

const loadKeys = () => import("./KeysDialog");
const loadSkip = () => import("./SkipDialog");
const loadInstructions = () => import("./InstructionsDialog");

export const KeysDialog = lazy(loadKeys);
export const SkipDialog = lazy(loadSkip);
export const InstructionsDialog = lazy(loadInstructions);

/** Loads the dialogs once the images are there: whoever opens one goes on typing at once. */
export function loadDialogs(): void {
  Promise.all([loadKeys(), loadSkip(), loadInstructions()]).catch(() => undefined);
}
