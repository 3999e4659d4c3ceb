/** What somebody has chosen to upload: what of it is taken, and which folders it has. */

import { areNames, LABEL_LIMITS } from "../parts/labelRules";

/** A file with the path that it gets below the folder of the upload. */
export interface Found {
  path: string;
  file: File;
}

/** One that is to be sent. Its size is read once: a browser may look at the disk for it, and stand still meanwhile. */
export interface Chosen extends Found {
  bytes: number;
}

/** What is not sent, counted; kinds: files that are no images by their names, by the ends of these. */
export interface LeftOut {
  kinds: Record<string, number>;
  empty: number;
  tooLarge: number;
  unreadable: number;
}

export const NOTHING_LEFT_OUT: LeftOut = { kinds: {}, empty: 0, tooLarge: 0, unreadable: 0 };

/** As the service has it. */
export const MOST_BYTES = 96 * 1024 * 1024;
/** As the service has them. */
export const TAKEN = [
  ...[".jpg", ".jpeg", ".jpe", ".jfif", ".jif", ".jfi", ".pjpeg", ".pjp"],
  ...[".png", ".apng", ".webp", ".bmp", ".dib", ".tif", ".tiff", ".gif"],
  ...[".avif", ".heic", ".heif", ".hif", ".jp2", ".jpf", ".jpx", ".j2k", ".j2c", ".jpc"],
];

/** Folders of parts of a dataset, which are no labels. */
const PARTS = new Set(["train", "training", "val", "valid", "validation", "dev", "test", "testing", "eval"]);
const MOST_FOLDERS = 100;
const LONGEST_KIND = 12;
const LONGEST_TURN_MS = 25;
export const OTHER_KIND = "other";

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The kind of a file that is no image by its name; null for an image. macOS puts `._cat.jpg` beside `cat.jpg`. */
export function kindLeftOut(path: string): string | null {
  const name = nameOf(path);
  const lower = name.toLowerCase();
  if (name.startsWith("._")) return "._*";
  if (TAKEN.some((ending) => lower.endsWith(ending))) return null;
  const dot = name.lastIndexOf(".");
  // All of such a name as .DS_Store is its own.
  const kind = dot < 0 ? "" : dot === 0 ? name : lower.slice(dot);
  return /^\.\w+$/.test(kind) && kind.length <= LONGEST_KIND ? kind : OTHER_KIND;
}

/** `onLooked` is told how many files were looked at so far. */
export async function sortOut(
  all: readonly Found[],
  onLooked: (count: number) => void,
  signal: AbortSignal,
): Promise<{ taken: Chosen[]; leftOut: LeftOut }> {
  const leftOut = { ...NOTHING_LEFT_OUT, kinds: {} as Record<string, number> };
  const taken: Chosen[] = [];
  const breathe = breather();
  for (const [index, { path, file }] of all.entries()) {
    const kind = kindLeftOut(path);
    const bytes = kind === null ? file.size : 0;
    if (kind !== null) leftOut.kinds[kind] = (leftOut.kinds[kind] ?? 0) + 1;
    else if (bytes === 0) leftOut.empty += 1;
    else if (bytes > MOST_BYTES) leftOut.tooLarge += 1;
    else taken.push({ path, file, bytes });
    onLooked(index + 1);
    await breathe();
    signal.throwIfAborted();
  }
  return { taken, leftOut };
}

/** To be called again and again in long work: lets the page draw and answer in between. */
function breather(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < LONGEST_TURN_MS) return undefined;
    return new Promise((resume) => {
      setTimeout(() => {
        since = performance.now();
        resume();
      });
    });
  };
}

/** Files as an input gives them: those of a folder with their paths in it. */
export const foundIn = (list: FileList | null): Found[] =>
  [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** The folders in which files lie, each once. */
export const foldersOf = (all: readonly Found[]): string[] => [
  ...new Set(all.map(({ path }) => path.slice(0, Math.max(path.lastIndexOf("/"), 0)))),
];

/** The names of the folders between which all images are divided, if they can be a project's labels; else none.
 *  What they have in common above is no name, nor are a dataset's parts. */
export function labelFolders(folders: readonly string[]): string[] {
  const paths = folders.map((folder) => (folder ? folder.split("/") : []));
  for (let depth = 0; paths.length > 0; depth += 1) {
    const names = [...new Set(paths.map((path) => path[depth]))];
    if (names.includes(undefined)) return [];
    const found = names.filter((name) => name !== undefined).map((name) => name.trim());
    if (names.length === 1 || found.every((name) => PARTS.has(name.toLowerCase()))) continue;
    const isList = found.length >= LABEL_LIMITS.fewest && found.length <= MOST_FOLDERS && areNames(found);
    return isList ? found.sort((a, b) => a.localeCompare(b, "en", { numeric: true })) : [];
  }
  return [];
}
