/** Whether a text is a web address; an empty one is none that is wrong. */
export function isUrl(text: string): boolean {
  if (!text) return true;
  const protocol = URL.parse(text)?.protocol;
  return protocol === "http:" || protocol === "https:";
}

/** What the address asks for by now. What was chosen a moment ago may not be drawn yet, and is not to be lost. */
export const askedNow = () => new URLSearchParams(window.location.search);
