import { notify } from "./notices";
import { texts } from "../texts";

/** Copies a text and says so; or says that it has to be done by hand. */
export async function copyText(text: string, said: string = texts.common.copied): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(said);
  } catch {
    notify(texts.common.notCopied, "warning");
  }
}
