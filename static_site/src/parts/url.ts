/** Whether a text is a web address; an empty one is none that is wrong. */
export function isUrl(text: string): boolean {
  if (!text) return true;
  const protocol = URL.parse(text)?.protocol;
  return protocol === "http:" || protocol === "https:";
}
