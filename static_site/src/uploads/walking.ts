import type { Chosen } from "./choosing";

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

/** All files in what was dropped, and how many files and folders could not be read. Goes through folders whole: a reader
 *  gives their entries in portions. `onFound` is told how many files there are so far. */
export async function walk(
  { entries, files }: Dropped,
  onFound: (count: number) => void,
  signal?: AbortSignal,
): Promise<{ chosen: Chosen[]; unreadable: number }> {
  const chosen: Chosen[] = files.map((file) => ({ path: file.name, file }));
  const left = [...entries].reverse();
  let unreadable = 0;
  for (let entry = left.pop(); entry; entry = left.pop()) {
    signal?.throwIfAborted();
    try {
      if (entry.isDirectory) left.push(...(await entriesOf(entry as FileSystemDirectoryEntry)).reverse());
      else chosen.push({ path: entry.fullPath.replace(/^\/+/, ""), file: await fileOf(entry as FileSystemFileEntry) });
    } catch {
      unreadable += 1;
    }
    onFound(chosen.length);
  }
  return { chosen, unreadable };
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
