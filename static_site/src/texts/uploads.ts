import { plural, sentences } from "./words";

const SOME = 4;
const kindsIn = (kinds: Record<string, number>): string => {
  const counts = Object.entries(kinds).sort(([a, most], [b, count]) => count - most || a.localeCompare(b));
  const rest = counts.slice(SOME).reduce((sum, [, count]) => sum + count, 0);
  const said = counts.slice(0, SOME).map(([kind, count]) => `${count.toLocaleString("en")} ${kind}`);
  return [...said, ...(rest > 0 ? [`${rest.toLocaleString("en")} more`] : [])].join(", ");
};
const some = (names: readonly string[]): string =>
  names.length > SOME ? `${names.slice(0, SOME).join(", ")} and ${names.length - SOME} more` : names.join(", ");

export const upload = {
  label: "Files",
  formats: "JPEG, PNG, WebP, AVIF, HEIC, JPEG 2000, TIFF, BMP or GIF, up to 96 MB each.",
  stored: "They are stored in the datastore workspace. Folders keep their structure.",
  drop: "Drag images or folders here, or",
  dropNow: "Drop to upload",
  choose: "Choose files",
  chooseFolder: "Choose folder",
  there: (count: number) => `${plural(count, "file")} uploaded`,
  unfinished: "An upload was not finished. Choose the same files again: only missing ones are sent.",
  reading: (count: number) => `Reading folders: ${plural(count, "file")} so far`,
  progress: (done: number, all: number, bytes: string, allBytes: string) =>
    `${done.toLocaleString("en")} of ${plural(all, "file")}, ${bytes} of ${allBytes}`,
  bar: "Upload",
  waiting: {
    connection: "No connection. The upload continues when it is back.",
    busy: "The service is busy. The upload continues in a moment.",
    signIn: "You have been signed out. Sign in, and the upload continues.",
  },
  signIn: "Open a new tab to sign in",
  cancel: "Cancel upload",
  done: (sent: number, existing: number) =>
    sentences(
      (sent > 0 || existing === 0) && `${plural(sent, "file")} uploaded.`,
      existing > 0 && `${plural(existing, "file was", "files were")} there already.`,
    ),
  left: (count: number) => `${plural(count, "file was", "files were")} not uploaded.`,
  resume: "Continue",
  conflicting: (names: readonly string[]) =>
    `${plural(names.length, "file was", "files were")} not uploaded, because a file of another size has the same name: ${some(names)}. Nothing is overwritten. Rename ${names.length === 1 ? "it" : "them"} to upload ${names.length === 1 ? "it" : "them"}.`,
  failed: (count: number, first: string, reason: string) =>
    sentences(`${plural(count, "file")} failed.`, `${first}: ${reason}`),
  notSent: "The file could not be sent. It may have been moved or changed, or storage cannot be reached.",
  leftOut: ({ kinds, empty, tooLarge, unreadable }: {
    kinds: Record<string, number>;
    empty: number;
    tooLarge: number;
    unreadable: number;
  }): string => {
    const others = Object.values(kinds).reduce((sum, count) => sum + count, 0);
    const parts = [
      others > 0 && `${plural(others, "file")} of other types (${kindsIn(kinds)})`,
      empty > 0 && plural(empty, "empty file"),
      tooLarge > 0 && `${plural(tooLarge, "file")} over 96 MB`,
      unreadable > 0 && `${plural(unreadable, "file or folder", "files or folders")} that cannot be read`,
    ].filter((part) => part !== false);
    return parts.length > 0 ? `Left out: ${parts.join(", ")}.` : "";
  },
  folders: (names: readonly string[]) =>
    `All images are in ${names.length} folders: ${names.slice(0, 10).join(", ")}${names.length > 10 ? `, and ${names.length - 10} more` : ""}. Their names can be the project’s labels. The images themselves stay unlabeled.`,
  useFolders: "Use folder names as labels",
  usedFolders: "The folder names are in the list of labels.",
  add: "Add images",
  addWords: (place: string) => `Images go into the project’s folder, ${place}, and then to labelers.`,
  elsewhere: (place: string) =>
    `This project’s images are in ${place}. Add images there with your own tools, for example Azure Storage Explorer or azcopy, and then check the folder here.`,
  check: "Check folder",
  checking: "The folder is being checked. New images get previews, and labelers get them as soon as they are ready.",
};
