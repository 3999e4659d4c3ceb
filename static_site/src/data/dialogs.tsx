import { lazily } from "../parts/lazily";

export const RejectDialog = lazily(() => import("./RejectDialog"));
export const LabelsDialog = lazily(() => import("./LabelsDialog"));
export const LabelSearch = lazily(() => import("../labeling/LabelSearch"));
export const LargeView = lazily(() => import("../parts/LargeView"));
export const AskAllDialog = lazily(() => import("./AskAllDialog"));
export const AddImagesDialog = lazily(() => import("./AddImagesDialog"));
export const KeysDialog = lazily(() => import("../labeling/KeysDialog"));

/** Loads the dialogs once the images are there: whoever opens one goes on typing at once. */
export function loadDialogs(): void {
  const dialogs = [RejectDialog, LabelsDialog, AskAllDialog, LabelSearch, KeysDialog, LargeView];
  Promise.all(dialogs.map((dialog) => dialog.load())).catch(() => undefined);
}
