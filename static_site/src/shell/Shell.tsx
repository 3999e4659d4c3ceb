import { makeStyles, tokens } from "@fluentui/react-components";
import { Suspense } from "react";
import { Outlet, useMatch } from "react-router";
import type { Me } from "../api/types";
import { useSending } from "../outbox/open";
import { Refusals } from "../outbox/Refusals";
import { Wait } from "../parts/States";
import { texts } from "../texts";
import { Header } from "./Header";
import { Navigation } from "./Navigation";

const useStyles = makeStyles({
  shell: { height: "100%", display: "flex", flexDirection: "column" },
  skip: {
    position: "absolute",
    left: "-9999px",
    ":focus": { left: tokens.spacingHorizontalM, top: tokens.spacingVerticalM, zIndex: 10 },
  },
  below: { flex: 1, minHeight: 0, display: "flex" },
  main: {
    flex: 1,
    minWidth: 0,
    overflow: "auto",
    backgroundColor: tokens.colorNeutralBackground2,
    outlineStyle: "none",
  },
});

export const TAGGING = "/labeling/:projectId/tasks";

export function Shell({ me }: { me: Me }) {
  const styles = useStyles();
  useSending(me.userId);
  // Tagging takes the whole window.
  const tagging = useMatch(TAGGING) !== null;
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {texts.app.skipToContent}
      </a>
      <Header me={me} />
      <Refusals user={me.userId} />
      <div className={styles.below}>
        {!tagging && <Navigation me={me} />}
        <main id="main" tabIndex={-1} className={styles.main}>
          <Suspense fallback={<Wait />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </div>
  );
}
