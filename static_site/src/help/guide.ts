/** The guide lies beside this folder, in the repository, so that it can be read there, too. */

import type { Project } from "../api/types";
import { fileName } from "../parts/format";

export const PAGES = ["administrators", "labelers", "reviewers", "checks", "opinions", "training"] as const;
export type PageName = (typeof PAGES)[number];

const TEXTS = import.meta.glob<string>("../../../docs/guide/*.md", { query: "?raw", import: "default", eager: true });
const PICTURES = import.meta.glob<string>("../../../docs/pictures/*.webp", {
  query: "?url&no-inline",
  import: "default",
  eager: true,
});

/** A page's title, from its first line, and what follows it. */
export function readPage(name: PageName): { title: string; text: string } {
  const whole = TEXTS[`../../../docs/guide/${name}.md`] ?? "";
  const [first = ""] = whole.split("\n", 1);
  return { title: first.replace(/^# /, ""), text: whole.slice(first.length) };
}

/** The address of a picture that the guide names. */
export function pictureAddress(source: string, dark: boolean): string | undefined {
  const name = fileName(source);
  return PICTURES[`../../../docs/pictures/${dark ? name.replace(/\.webp$/, "-dark.webp") : name}`];
}

/** The page's name, where a link of the guide leads to one. */
export const linkedPage = (href: string): PageName | undefined => PAGES.find((name) => href === `${name}.md`);

/** What somebody reads first. */
export function firstPage(isAdministrator: boolean, roles: readonly Project["role"][]): PageName {
  if (isAdministrator || roles.includes("administrator")) return "administrators";
  return roles.includes("reviewer") ? "reviewers" : "labelers";
}
