let staying = 0;

/** Whether somebody's work would be lost with the page that they see. */
export const staysOnPage = (): boolean => staying > 0;

/** From now on the end of a sign-in takes nobody from the page, which says so by itself; until what this gives is called. */
export function stayOnPage(): () => void {
  staying += 1;
  let isOver = false;
  return () => {
    if (!isOver) staying -= 1;
    isOver = true;
  };
}
