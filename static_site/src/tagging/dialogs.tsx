import { lazily } from "../parts/lazily";
import { loadToasts } from "../shell/NoticePlace";

const loadKeys = () => import("./KeysDialog");
const loadSkip = () => import("./SkipDialog");
const loadSearch = () => import("./TagSearch");
const loadLarge = () => import("../parts/LargeView");
const loadInstructions = () => import("./InstructionsDialog");

export const KeysDialog = lazily(loadKeys);
export const SkipDialog = lazily(loadSkip);
export const TagSearch = lazily(loadSearch);
export const LargeView = lazily(loadLarge);
export const InstructionsDialog = lazily(loadInstructions);

/** Loads the dialogs once the images are there: whoever opens one goes on typing at once. */
export function loadDialogs(): void {
  Promise.all([loadKeys(), loadSkip(), loadSearch(), loadInstructions()]).catch(() => undefined);
}

/** The large view and what shows notices are large themselves. Whoever is at work has them at hand, without a connection, too. */
export function loadRest(): void {
  loadToasts();
  loadLarge().catch(() => undefined);
}
