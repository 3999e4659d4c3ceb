import { useState } from "react";
import { useMe } from "../api/queries/me";

/** Whether a stored value has the shape of the example: an older version of the site may have stored another. */
export function fits(value: unknown, example: unknown): boolean {
  if (Array.isArray(example)) return Array.isArray(value) && value.every((one) => fits(one, example[0] ?? one));
  if (typeof example !== "object" || example === null) return typeof value === typeof example;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(example).every(([key, one]) => fits((value as Record<string, unknown>)[key], one));
}

function read<T>(key: string, example: T): T | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return fits(stored, example) ? (stored as T) : null;
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without storage, or with a full one, it is kept as long as the page is.
  }
}

/** What this person has typed and not saved: it stays in this browser, whatever page is opened or reloaded, until it is
 *  set to null. The example gives its shape. */
export function useKept<T>(name: string, example: T): [T | null, (value: T | null) => void] {
  const key = `kept|${useMe().data?.userId ?? ""}|${name}`;
  const [value, setValue] = useState(() => read(key, example));
  const keep = (changed: T | null) => {
    write(key, changed);
    setValue(changed);
  };
  return [value, keep];
}
