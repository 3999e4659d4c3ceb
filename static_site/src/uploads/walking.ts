import type { Found } from "./choosing";

/** What was dropped, before it is read. To be taken in the same moment: the list is empty afterwards. */
export interface Dropped {
  entries: FileSystemEntry[];
  files: File[];
}

export function droppedIn(items: DataTransferItemList): Dropped {
  const dropped: Dropped = { entries: [], files: [] };
  for (const item of items) {
    const entry = item.kind === "file" ? item.webkitGetAsEntry() : null;
    if (entry) dropped.entries.push(entry);
    else if (item.kind === "file") dropped.files.push(...[item.getAsFile()].filter((file) => file !== null));
  }
  return dropped;
}

/** Each is a question to the browser's other process: one after the other they would take long. */
const AT_ONCE = 50;

/** All files in what was dropped, and how many files and folders could not be read. Goes through folders whole: a reader
 *  gives their entries in portions. `onFound` is told how many files there are so far. */
export async function walk(
  { entries, files }: Dropped,
  onFound: (count: number) => void,
  signal?: AbortSignal,
): Promise<{ found: Found[]; unreadable: number }> {
  const found: Found[] = files.map((file) => ({ path: file.name, file }));
  const left = [...entries];
  let unreadable = 0;
  const read = async (entry: FileSystemEntry) => {
    try {
      if (entry.isDirectory) for (const below of await entriesOf(entry as FileSystemDirectoryEntry)) left.push(below);
      else found.push({ path: entry.fullPath.replace(/^\/+/, ""), file: await fileOf(entry as FileSystemFileEntry) });
    } catch {
      unreadable += 1;
    }
  };
  while (left.length > 0) {
    signal?.throwIfAborted();
    await Promise.all(left.splice(-AT_ONCE).map(read));
    onFound(found.length);
  }
  return { found, unreadable };
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return all;
    for (const entry of portion) all.push(entry);
  }
}
