/** A list that looks like none: one below the other. */
export const PLAIN_LIST = { display: "flex", flexDirection: "column", margin: 0, padding: 0, listStyleType: "none" } as const;
