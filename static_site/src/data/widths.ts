/** Where there is no room for something beside the grid: a tablet held upright, or a window at twice its size. */
export const NARROW = "@media (max-width: 1000px)";
