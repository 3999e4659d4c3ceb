import { lazy } from "react";

const loadReject = () => import("./RejectDialog");
const loadLabel = () => import("../tagging/TagSearch");
const loadLarge = () => import("../parts/LargeView");
const loadKeys = () => import("../tagging/KeysDialog");

export const RejectDialog = lazy(loadReject);
export const LabelSearch = lazy(loadLabel);
export const LargeView = lazy(loadLarge);
export const KeysDialog = lazy(loadKeys);

/** Loads the dialogs once the images are there: whoever opens one goes on typing at once. */
export function loadDialogs(): void {
  Promise.all([loadReject(), loadLabel(), loadKeys(), loadLarge()]).catch(() => undefined);
}
