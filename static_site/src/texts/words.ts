/** How counts, times and shares are said. */

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** When something comes, in words that need no seconds before the last minute. */
export function soon(ms: number): string {
  if (ms <= 0) return "at any moment";
  if (ms <= 60_000) return `in ${Math.ceil(ms / 1_000)} s`;
  if (ms <= 90 * 60_000) return `in ${Math.ceil(ms / 60_000)} min`;
  return `in ${Math.round(ms / 3_600_000)} h`;
}

const relative = new Intl.RelativeTimeFormat("en", { style: "short" });
const UNITS = [
  { unit: "day", ms: 86_400_000, short: "d" },
  { unit: "hour", ms: 3_600_000, short: "h" },
  { unit: "minute", ms: 60_000, short: "min" },
  { unit: "second", ms: 1_000, short: "s" },
] as const;

/** The largest unit of which a time has at least one; the seconds, where it is shorter than that. */
const unitOf = (ms: number): (typeof UNITS)[number] => UNITS.find((one) => ms >= one.ms) ?? UNITS[3];

/** How long ago something was, rounded down: "4 min ago". The very last seconds are no figure to watch. */
export function ago(ms: number): string {
  if (ms < 5_000) return "just now";
  const { unit, ms: size } = unitOf(ms);
  return relative.format(-Math.floor(ms / size), unit).replace(".", "");
}

/** How long something took, rounded down: "12 s", "3 min". */
export function duration(ms: number): string {
  if (ms < 1_000) return "< 1 s";
  const { ms: size, short } = unitOf(ms);
  return `${Math.floor(ms / size)} ${short}`;
}

/** How often: "every 10 minutes", "every 6 hours", "every day". */
export function every(minutes: number): string {
  const [count, unit] =
    minutes % 1_440 === 0 ? [minutes / 1_440, "day"] : minutes % 60 === 0 ? [minutes / 60, "hour"] : [minutes, "minute"];
  return count === 1 ? `every ${unit}` : `every ${plural(count, unit)}`;
}

/** A share of 1 in percent; 100 only where it is all. */
export const percent = (share: number): number => (share < 1 ? Math.min(Math.round(100 * share), 99) : 100);

const decimals = new Intl.NumberFormat("en", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  signDisplay: "negative",
});

/** With two decimals, and a minus where it is below 0: −0.75. */
export const signed = (value: number): string => decimals.format(value).replace("-", "\u2212");

/** Both ends of an interval: 93–98%. */
export const range = ([low = 0, high = 1]: readonly number[]): string =>
  `${Math.round(100 * low)}–${Math.round(100 * high)}%`;

export const sentences = (...all: (string | false)[]): string => all.filter(Boolean).join(" ");
export const stay = (count: number): string => (count === 1 ? "stays as it is" : "stay as they are");

/** How much work is left, in words: nobody plans by the minute. */
export function timeLeft(hours: number): string {
  const minutes = Math.ceil((hours * 60) / 10) * 10;
  if (minutes < 60) return `About ${minutes} minutes of labeling left at today's pace`;
  return `About ${plural(Math.round(hours), "hour")} of labeling left at today's pace`;
}
