import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { NavigationRegular } from "@fluentui/react-icons";
import { Suspense, useRef, useState } from "react";
import { Outlet, useLocation, useMatch } from "react-router";
import type { Me } from "../api/types";
import { useSending } from "../outbox/open";
import { Refusals } from "../outbox/Refusals";
import { Wait } from "../parts/States";
import { texts } from "../texts";
import { BreakStop } from "./Broken";
import { Header } from "./Header";
import { NARROW, Navigation, NAVIGATION } from "./Navigation";
import { SilenceBar } from "./SilenceBar";
import { useEscape } from "./useEscape";
import { useFocusBack } from "./useFocusBack";

const useStyles = makeStyles({
  shell: { height: "100%", display: "flex", flexDirection: "column" },
  skip: {
    position: "absolute",
    left: "-9999px",
    ":focus": { left: tokens.spacingHorizontalM, top: tokens.spacingVerticalM, zIndex: 10 },
  },
  menu: { display: "none", [NARROW]: { display: "inline-flex" } },
  below: { position: "relative", flex: 1, minHeight: 0, display: "flex" },
  main: {
    flex: 1,
    minWidth: 0,
    overflow: "auto",
    backgroundColor: tokens.colorNeutralBackground2,
    outlineStyle: "none",
  },
});

export const LABELING = "/labeling/:projectId/tasks";
export const JUDGING = "/projects/:projectId/checks/:checkId/judge";

export function Shell({ me }: { me: Me }) {
  const styles = useStyles();
  useSending(me.userId);
  useEscape();
  useFocusBack();
  // Labeling and judging take the whole window.
  const isLabeling = useMatch(LABELING) !== null;
  const isWhole = useMatch(JUDGING) !== null || isLabeling;
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    if (open) button.current?.focus();
    setOpen(false);
  };
  const menu = (
    <Button
      ref={button}
      className={styles.menu}
      appearance="subtle"
      icon={<NavigationRegular />}
      aria-label={open ? texts.nav.close : texts.nav.open}
      aria-expanded={open}
      aria-controls={NAVIGATION}
      onClick={() => setOpen(!open)}
    />
  );
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {texts.app.skipToContent}
      </a>
      <Header me={me} menu={!isWhole && menu} />
      <Refusals user={me.userId} />
      {/* They say by themselves what this means for them. */}
      {!isWhole && <SilenceBar />}
      <div className={styles.below}>
        {!isWhole && <Navigation me={me} open={open} onClose={close} />}
        <main id="main" tabIndex={-1} className={styles.main} onPointerDown={open ? close : undefined}>
          {/* Where a page stops, what was submitted is sent all the same. */}
          <BreakStop page={pathname}>
            <Suspense fallback={<Wait />}>
              <Outlet />
            </Suspense>
          </BreakStop>
        </main>
      </div>
    </div>
  );
}
