/** What the browser keeps for the next visit. Where it does not (storage is full, or forbidden), this tab remembers it for
 *  as long as it is open, so that nothing has to stop for it. */
const remembered = new Map<string, string>();

function attempt<T>(action: (storage: Storage) => T, otherwise: T): T {
  try {
    return action(localStorage);
  } catch {
    return otherwise;
  }
}

export const browserStore = {
  get: (key: string): string | null => remembered.get(key) ?? attempt((storage) => storage.getItem(key), null),

  /** Whether the browser keeps it; false: only this tab does. */
  set: (key: string, value: string): boolean => {
    const isKept = attempt((storage) => {
      storage.setItem(key, value);
      return true;
    }, false);
    if (isKept) remembered.delete(key);
    else remembered.set(key, value);
    return isKept;
  },

  remove: (key: string): void => {
    remembered.delete(key);
    attempt((storage) => storage.removeItem(key), undefined);
  },

  /** All keys that begin so. */
  keys: (prefix: string): string[] => {
    const kept = attempt((storage) => Object.keys(storage), []);
    return [...new Set([...kept, ...remembered.keys()])].filter((key) => key.startsWith(prefix));
  },

  isKept: (key: string): boolean => !remembered.has(key),
};

export type BrowserStore = typeof browserStore;
