type Press = Pick<KeyboardEvent, "key" | "code">;

/** What a key means: its sign, lower case whatever Caps Lock says. Where the keyboard writes no Latin letters, or writes
 *  them by several presses, the letter that a Latin keyboard has in that place. */
export function keyName({ key, code }: Press): string {
  const isSign = key.length === 1;
  if (isSign && key.charCodeAt(0) < 128) return key.toLowerCase();
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  return (isSign || key === "Process" || key === "Dead") && place ? place.toLowerCase() : key;
}
