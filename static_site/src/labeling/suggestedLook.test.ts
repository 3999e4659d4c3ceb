import { webDarkTheme, webLightTheme } from "@fluentui/react-components";
import { describe, expect, it } from "vitest";
import { contrast } from "../parts/colors";
import { suggestedLook } from "./suggestedLook";

const themes = { light: webLightTheme, dark: webDarkTheme };
const looks = [true, false].map((sure) => suggestedLook({ label: 1, sure }));

/** The color that a token stands for. */
function colorOf(theme: typeof webLightTheme, token: string | undefined): string {
  const name = /^var\(--(\w+)\)$/.exec(token ?? "")?.[1] as keyof typeof theme;
  const [r, g, b] = [...String(theme[name]).slice(1)];
  return String(theme[name]).length === 4 ? `#${r}${r}${g}${g}${b}${b}` : String(theme[name]);
}

describe("what is suggested", () => {
  it.each(Object.keys(themes) as (keyof typeof themes)[])("is read well in the %s theme, sure or not", (name) => {
    const theme = themes[name];
    const paper = colorOf(theme, "var(--colorNeutralBackground1)");
    const selected = colorOf(theme, "var(--colorBrandBackground2)");
    for (const { color } of looks)
      for (const beneath of [paper, selected])
        expect(contrast(colorOf(theme, color), beneath)).toBeGreaterThanOrEqual(4.5);
  });

  it("is framed by the label's color where it is sure", () => {
    expect(looks.map(({ background }) => String(background ?? "").includes("#0072b2"))).toEqual([true, false]);
  });
});
