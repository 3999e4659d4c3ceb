import { lazily } from "../parts/lazily";
import { loadToasts } from "../shell/NoticePlace";

export const KeysDialog = lazily(() => import("./KeysDialog"));
export const LargeView = lazily(() => import("../parts/LargeView"));
export const LabelsDialog = lazily(() => import("./LabelsDialog"));
export const InstructionsDialog = lazily(() => import("./InstructionsDialog"));

/** Loads the dialogs once the images are there. */
export function loadDialogs(): void {
  Promise.all([KeysDialog.load(), InstructionsDialog.load(), LabelsDialog.load()]).catch(() => undefined);
}

/** The large view and what shows notices are large themselves. Whoever is at work has them at hand, without a connection, too. */
export function loadRest(): void {
  loadToasts();
  LargeView.load().catch(() => undefined);
}
