import { describe, expect, it } from "vitest";
import { firstPage, linkedPage, PAGES, pictureAddress, readPage } from "./guide";

const linksOf = (text: string): string[] => [...text.matchAll(/\]\(([^)]*)\)/g)].map((found) => found[1] ?? "");

describe.each(PAGES)("the guide's page %s", (name) => {
  const { title, text } = readPage(name);

  it("has a title", () => {
    expect(title).toMatch(/^Guide for /);
  });

  it("leads to pages and pictures that are there, in both themes", () => {
    const links = linksOf(text);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links.filter((one) => !one.startsWith("https://"))) {
      if (link.endsWith(".webp")) {
        expect(link).toMatch(/^\.\.\/pictures\/[\w-]+\.webp$/);
        expect(pictureAddress(link, false), link).toBeTruthy();
        expect(pictureAddress(link, true), link).toBeTruthy();
      } else expect(linkedPage(link), link).toBeDefined();
    }
  });
});

describe("what is read first", () => {
  it("goes by the highest role", () => {
    expect(firstPage(true, [])).toBe("administrators");
    expect(firstPage(false, ["labeler", "administrator"])).toBe("administrators");
    expect(firstPage(false, ["labeler", "reviewer"])).toBe("reviewers");
    expect(firstPage(false, ["labeler"])).toBe("labelers");
    expect(firstPage(false, [])).toBe("labelers");
  });
});
