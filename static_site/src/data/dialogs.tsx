import { lazily } from "../parts/lazily";

const loadReject = () => import("./RejectDialog");
const loadLabel = () => import("../tagging/TagSearch");
const loadLarge = () => import("../parts/LargeView");
const loadKeys = () => import("../tagging/KeysDialog");

export const RejectDialog = lazily(loadReject);
export const LabelSearch = lazily(loadLabel);
export const LargeView = lazily(loadLarge);
export const KeysDialog = lazily(loadKeys);

/** Loads the dialogs once the images are there: whoever opens one goes on typing at once. */
export function loadDialogs(): void {
  Promise.all([loadReject(), loadLabel(), loadKeys(), loadLarge()]).catch(() => undefined);
}
