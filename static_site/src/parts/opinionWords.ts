import { opinionTexts } from "../texts/opinions";
import type { OpinionsSettings } from "./opinions";

/** How many people look at an image, in a sentence. */
export function saidOf({ way, people, most, share, sure }: OpinionsSettings): string {
  const { said } = opinionTexts;
  switch (way) {
    case "one":
      return said.one;
    case "each":
      return said.each(people, most);
    case "share":
      return said.share(people, most, share);
    case "unsure":
      return said.unsure(most, sure);
    case "other":
      return said.other(people, most, share, sure);
  }
}
