import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect } from "react";
import { useLocation } from "react-router";
import type { Project } from "../../api/types";
import { AssistSection } from "./AssistSection";
import { DangerSection } from "./DangerSection";
import { InstructionsSection } from "./InstructionsSection";
import { LabelsSection } from "./LabelsSection";
import { Members } from "./Members";
import { OpinionsSection } from "./OpinionsSection";
import { SettingsSection } from "./SettingsSection";
import { TokensSection } from "./TokensSection";

const useStyles = makeStyles({
  whole: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(440px, 100%), 1fr))",
    gap: tokens.spacingHorizontalL,
    alignItems: "start",
  },
  column: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL, minWidth: 0 },
});

export function Details({ project }: { project: Project }) {
  const styles = useStyles();
  const { hash } = useLocation();
  // A link may lead to one of the sections.
  useEffect(() => {
    if (hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [hash]);
  return (
    <div className={styles.whole}>
      <div className={styles.column}>
        <SettingsSection project={project} />
        <AssistSection project={project} />
        <OpinionsSection project={project} />
        <Members project={project} />
        <TokensSection project={project} />
      </div>
      <div className={styles.column}>
        <LabelsSection project={project} />
        <InstructionsSection project={project} />
        <DangerSection project={project} />
      </div>
    </div>
  );
}
