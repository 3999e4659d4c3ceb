import { FluentProvider, useFocusFinders, webDarkTheme, webLightTheme } from "@fluentui/react-components";
import { createContext, use, useMemo, useState, useSyncExternalStore, type ReactNode } from "react";
import { browserStore } from "../parts/browserStore";

export type ThemeChoice = "system" | "light" | "dark";

const STORED = "theme";
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");

const Theme = createContext<{ choice: ThemeChoice; dark: boolean; choose: (choice: ThemeChoice) => void }>({
  choice: "system",
  dark: false,
  choose: () => undefined,
});

function storedChoice(): ThemeChoice {
  const stored = browserStore.get(STORED);
  return stored === "light" || stored === "dark" ? stored : "system";
}

function subscribe(onChange: () => void): () => void {
  systemDark.addEventListener("change", onChange);
  return () => systemDark.removeEventListener("change", onChange);
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState(storedChoice);
  const isSystemDark = useSyncExternalStore(subscribe, () => systemDark.matches);
  const dark = choice === "dark" || (choice === "system" && isSystemDark);
  const value = useMemo(
    () => ({
      choice,
      dark,
      choose: (chosen: ThemeChoice) => {
        browserStore.set(STORED, chosen);
        setChoice(chosen);
      },
    }),
    [choice, dark],
  );
  return (
    <Theme value={value}>
      <FluentProvider
        theme={dark ? webDarkTheme : webLightTheme}
        style={{ height: "100%", colorScheme: dark ? "dark" : "light" }}
      >
        <LastingTabster>{children}</LastingTabster>
      </FluentProvider>
    </Theme>
  );
}

/** Holds the library's tabster, which hides the page from screen readers while a dialog is open, for as long as the site
 *  is open. It shows the page again a moment after the dialog; where the dialog is all that needs tabster, it goes with
 *  the dialog before that, and the page would stay hidden (github.com/microsoft/tabster/issues/530). Outside of what
 *  catches errors, for dialogs that break, too. */
function LastingTabster({ children }: { children: ReactNode }) {
  // Whichever of the library's hooks needs tabster holds it. This one adds nothing to the page.
  useFocusFinders();
  return children;
}

export const useTheme = () => use(Theme);
