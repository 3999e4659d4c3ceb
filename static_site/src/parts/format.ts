const time = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hour12: false });
const date = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const dateTime = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", hour12: false });
const hour = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });
const weekHour = new Intl.DateTimeFormat("en", { weekday: "short", hour: "2-digit", minute: "2-digit", hour12: false });
// Days are those of the service, which are UTC's.
const day = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", year: "numeric", timeZone: "UTC" });
const number = new Intl.NumberFormat("en");
const compact = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** In one piece, wherever it stands. */
const whole = (text: string): string => text.replaceAll(" ", "\u00a0");

export const formatTime = (iso: string): string => time.format(new Date(iso));
export const formatDate = (iso: string): string => date.format(new Date(iso));
export const formatDateTime = (iso: string): string => whole(dateTime.format(new Date(iso)));
export const formatHour = (date: Date): string => hour.format(date);
export const formatWeekHour = (date: Date): string => weekHour.format(date);
export const formatDay = (date: Date): string => whole(day.format(date));
export const formatNumber = (value: number): string => number.format(value);

export function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${compact.format(size)} ${units[unit]}`;
}

export function formatShare(part: number, whole: number): string {
  if (whole === 0) return "0%";
  const share = (100 * part) / whole;
  return `${share > 99 && share < 100 ? 99 : share > 0 && share < 1 ? "<1" : Math.round(share)}%`;
}

/** The last part of a blob's name: the file's own name. */
export const fileName = (blobName: string): string => blobName.slice(blobName.lastIndexOf("/") + 1) || blobName;
