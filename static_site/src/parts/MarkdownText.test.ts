import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import MarkdownText from "./MarkdownText";

const html = (text: string): string => renderToStaticMarkup(createElement(MarkdownText, null, text));

/** The words that are shown. */
const shown = (text: string): string =>
  html(text)
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");

const WHOLE: Record<string, string> = {
  "a placeholder": "Write <name of breed> as the reason.",
  "a comparison": "Skip if a<b and c>d.",
  HTML: '<p class="x">Label every <b>cat</b>.</p>',
  "a block of HTML": "<div>\nLabel every cat.\n</div>",
  "a script": "<script>window.pwned = 1</script>",
  "a comment": "<!-- Dogs, too. -->",
  "a declaration": "<!DOCTYPE html> <?php echo 1 ?> <![CDATA[cats]]>",
  "a scheme that is none": "Name it <cat:tabby>.",
  "a definition that nothing names": "[Cat]: any-small-one",
  "a footnote that nothing names": "[^1]: Kittens count as cats.",
  "a footnote": "Cats[^1]\n\n[^1]: Kittens, too.",
  "a link to no page": "[cat](persian) [run](javascript:alert(1)) ![picture](data:image/png;base64,AA)",
  "a named link to no page": "[cat][breed]\n\n[breed]: persian",
  "a second definition": "[a][x]\n\n[x]: https://example.org/\n\n[x]: Dogs",
  "about so many": "5~10 or 10~20 cats",
};

describe("a text that is shown", () => {
  it.each(Object.entries(WHOLE))("keeps %s as it was written", (_, text) => {
    const expected = text === WHOLE["a second definition"] ? "a\n[x]: Dogs" : text.replaceAll("\n\n", "\n");
    expect(shown(text)).toBe(expected);
  });

  it("reads Markdown around and within what looks like HTML", () => {
    expect(html("<div>\n\n# Cats\n\n**all** <of them>\n</div>")).toContain("<h3>Cats</h3>");
    expect(html("<b>**all**</b>")).toContain("<strong>all</strong>");
  });

  it("has tables with all their cells", () => {
    const table = html("| Cat | Dog |\n|:-:|---|\n| Kitten | Puppy | and more |");
    expect(table).toContain("<table>");
    expect(table.match(/<t[hd][ >]/g)).toHaveLength(6);
    expect(table).toContain("and more");
  });

  it("has links to bare addresses of the web and of people, and to nothing else", () => {
    const links = (text: string) => [...html(text).matchAll(/href="([^"]*)"/g)].map((found) => found[1]);
    expect(links("See https://example.org/a?b=1, www.example.org or ann@example.org.")).toEqual([
      "https://example.org/a?b=1",
      "http://www.example.org",
      "mailto:ann@example.org",
    ]);
    expect(links("[a](HTTPS://example.org) [b](javascript:1) [c](/tasks) <ftp://x.example/> [d](//evil.example)")).toEqual([
      "HTTPS://example.org",
    ]);
    expect(links("[a](java\nscript:1) [b](vbscript:1) [c](data:text/html,1) ![d](x.png) [e](https:evil)")).toEqual([]);
  });

  it("has boxes where there are tasks", () => {
    expect(shown("- [ ] whole animal\n- [x] sharp").trim()).toBe("☐ whole animal\n☑ sharp");
  });
});
