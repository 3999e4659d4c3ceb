/** Several people invited at once. */

/** What became of one name. What was refused stays in the field. */
export interface Invited {
  name: string;
  result: "invited" | "member" | "refused";
  words: string;
}

// As the service does: capitals of ASCII only, or a name would be taken for another that looks like it.
export const folded = (name: string): string => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const IN_ANGLES = /<([^<>\s]+@[^<>\s]+)>/;

/** The names in what is typed or pasted, each once: separated by commas, semicolons, spaces or lines, or as mail
 *  programs write addresses, with the person's name before each. */
export function namesIn(text: string): string[] {
  const parts = text.split(/[,;\r\n]+/).flatMap((part) => {
    const address = IN_ANGLES.exec(part)?.[1];
    return address === undefined ? part.trim().split(/\s+/) : [address];
  });
  const byFolded = new Map<string, string>();
  for (const name of parts) if (name && !byFolded.has(folded(name))) byFolded.set(folded(name), name);
  return [...byFolded.values()];
}
