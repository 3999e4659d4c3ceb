import type { Label } from "../api/types";

/** Colors that color-blind people tell apart: Okabe and Ito's, then Tol's muted ones. */
const PALETTE = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#d55e00",
  "#56b4e9",
  "#cc79a7",
  "#f0e442",
  "#332288",
  "#882255",
  "#44aa99",
] as const;

/** The second sign of a label, beyond the colors there are: how its band is striped. */
const PATTERNS: readonly ((first: string, second: string) => string | undefined)[] = [
  () => undefined,
  (a, b) => `repeating-linear-gradient(45deg, ${a} 0 8px, ${b} 8px 16px)`,
  (a, b) => `repeating-linear-gradient(90deg, ${a} 0 5px, ${b} 5px 10px)`,
  (a, b) => `repeating-linear-gradient(0deg, ${a} 0 4px, ${b} 4px 8px)`,
  (a, b) => `conic-gradient(${a} 25%, ${b} 0 50%, ${a} 0 75%, ${b} 0) 0 0 / 12px 12px`,
  (a, b) => `radial-gradient(${b} 3px, ${a} 3.5px) 0 0 / 9px 9px`,
  (a, b) => `repeating-linear-gradient(-45deg, ${a} 0 3px, ${b} 3px 12px)`,
];

/** Small text is read well at this contrast (WCAG AA). */
const READABLE = 4.5;
/** So much lighter or darker, stripes are seen and the text over them is still quiet. */
const STRIPED = 1.5;

export interface LabelColor {
  background: string;
  color: string;
}

type Channels = [number, number, number];

const channelsOf = (hex: string): Channels => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as Channels;

const hexOf = (channels: readonly number[]): string =>
  `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, "0")).join("")}`;

function luminance(hex: string): number {
  const [r, g, b] = channelsOf(hex).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Channels;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever contrasts more: both reach at least 4.5 to 1 where the luminances meet. */
const textOn = (hex: string): string => (luminance(hex) > 0.179 ? "#000000" : "#ffffff");

/** The same hue, lighter or darker: the text is read on both. */
function stripeOn(background: string, text: string): string {
  const toward = (end: number, part: number) =>
    hexOf(channelsOf(background).map((channel) => channel + (end - channel) * part));
  for (let part = 0.05; part < 1; part += 0.05) {
    for (const shade of [toward(0, part), toward(255, part)])
      if (contrast(shade, background) >= STRIPED && contrast(shade, text) >= READABLE) return shade;
  }
  return background;
}

/** One fixed color a label: ids never change and are never given again. */
export function labelColor(labelId: number): LabelColor {
  const background = PALETTE[(labelId - 1) % PALETTE.length] ?? PALETTE[0];
  return { background, color: textOn(background) };
}

/** How a label's band looks: its color, and with more labels than colors a pattern too. A style of its own, so that
 *  charts may go on with the plain color. */
export function labelBand(labelId: number): LabelColor {
  const { background, color } = labelColor(labelId);
  const pattern = PATTERNS[Math.floor((labelId - 1) / PALETTE.length) % PATTERNS.length];
  return { background: pattern?.(background, stripeOn(background, color)) ?? background, color };
}

export function colorOfName(labels: readonly Label[], name: string): LabelColor | undefined {
  const label = labels.find((one) => one.name === name);
  return label && labelColor(label.id);
}
