import type { MouseEvent } from "react";

/** The forms that the page takes where there is little room, as media queries: the panel below the images, or beside them
 *  and narrow; less height; and larger targets where there are fingers. */
export const BELOW = "@media (max-width: 900px) and (orientation: portrait)";
export const NARROW = "@media (max-width: 900px) and (orientation: landscape)";
export const SHORT = "@media (max-height: 600px)";
export const FINGERS = "@media (pointer: coarse)";

/** A click beside the images leaves the focus with them, so that the keys go on working there. */
export const keepFocus = (event: MouseEvent): void => event.preventDefault();
