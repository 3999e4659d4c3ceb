/** Behind what is transparent, in both themes, as in the pictures that the service makes. */
export const GROUND = "#767676";
