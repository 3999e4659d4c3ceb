/** Shares of fewer images than this say next to nothing. */
export const FEW = 20;
