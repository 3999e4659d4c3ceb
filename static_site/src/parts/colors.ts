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

export interface LabelColor {
  background: string;
  color: string;
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Black or white, whichever contrasts more: both reach at least 4.5 to 1 where the luminances meet. */
const textOn = (hex: string): string => (luminance(hex) > 0.179 ? "#000000" : "#ffffff");

/** One fixed color a label: ids never change and are never given again. */
export function labelColor(labelId: number): LabelColor {
  const background = PALETTE[(labelId - 1) % PALETTE.length] ?? PALETTE[0];
  return { background, color: textOn(background) };
}

export function colorOfName(labels: readonly Label[], name: string): LabelColor | undefined {
  const label = labels.find((one) => one.name === name);
  return label && labelColor(label.id);
}
