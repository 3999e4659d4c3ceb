/** Where one was on the Data page, for when one comes back from another page. */

export interface Place {
  focus: number;
  /** How far the page was scrolled, in pixels. */
  offset: number;
}

const searches = new Map<string, string>();
const places = new Map<string, Place>();

export const lastSearch = (projectId: string): string => searches.get(projectId) ?? "";
export const rememberSearch = (projectId: string, search: string): void => void searches.set(projectId, search);

export const lastPlace = (view: string): Place | undefined => places.get(view);
export const rememberPlace = (view: string, place: Place): void => void places.set(view, place);
export const forgetPlace = (view: string): void => void places.delete(view);
