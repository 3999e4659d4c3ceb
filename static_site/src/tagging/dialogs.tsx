import { lazy } from "react";

const loadKeys = () => import("./KeysDialog");
const loadSkip = () => import("./SkipDialog");
const loadSearch = () => import("./TagSearch");
const loadLarge = () => import("../parts/LargeView");
const loadInstructions = () => import("./InstructionsDialog");

export const KeysDialog = lazy(loadKeys);
export const SkipDialog = lazy(loadSkip);
export const TagSearch = lazy(loadSearch);
export const LargeView = lazy(loadLarge);
export const InstructionsDialog = lazy(loadInstructions);

/** Loads the dialogs once the images are there: whoever opens one goes on typing at once. */
export function loadDialogs(): void {
  Promise.all([loadKeys(), loadSkip(), loadSearch(), loadLarge(), loadInstructions()]).catch(() => undefined);
}
