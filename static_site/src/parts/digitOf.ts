type Press = Pick<KeyboardEvent, "key" | "code">;

/** The digit of a key, by its place, so that it works with Shift, and on keyboards whose digits need Shift. A
 *  numeric pad's keys are digits only while they write digits. null = none. */
export function digitOf({ code, key }: Press): string | null {
  const [, pad, digit] = /^(Digit|Numpad)([0-9])$/.exec(code) ?? [];
  return !digit || (pad === "Numpad" && key !== digit) ? null : digit;
}
