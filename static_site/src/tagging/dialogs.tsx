import { lazy } from "react";

const loadKeys = () => import("./KeysDialog");
const loadSkip = () => import("./SkipDialog");

export const KeysDialog = lazy(loadKeys);
export const SkipDialog = lazy(loadSkip);

/** Loads the dialogs once the images are there: whoever opens one goes on typing at once. */
export function loadDialogs(): void {
  Promise.all([loadKeys(), loadSkip()]).catch(() => undefined);
}
