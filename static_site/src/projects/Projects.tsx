import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useProjects } from "../api/queries/projects";
import type { Me, Project } from "../api/types";
import { LinkButton } from "../parts/LinkButton";
import { Page } from "../parts/Page";
import { Loaded, Nothing } from "../parts/States";
import { texts } from "../texts";
import { DemoButton } from "./DemoButton";
import { Finder, isWanted, NOTHING_SOUGHT, NoneFound } from "./Finder";
import { ProjectCard } from "./ProjectCard";
import { RestoreDialog } from "./RestoreDialog";

/** So many are found without a search. */
const HANDFUL = 6;

const useStyles = makeStyles({
  grid: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(320px, 100%), 1fr))",
    gap: tokens.spacingHorizontalL,
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
});

function Cards({ projects }: { projects: readonly Project[] }) {
  const styles = useStyles();
  const [sought, seek] = useState(NOTHING_SOUGHT);
  const found = projects.filter((project) => isWanted(project, sought));
  return (
    <>
      {projects.length > HANDFUL && <Finder sought={sought} onSeek={seek} found={found.length} all={projects.length} />}
      {found.length === 0 ? (
        <NoneFound onShowAll={() => seek(NOTHING_SOUGHT)} />
      ) : (
        <ul className={styles.grid}>
          {found.map((project) => (
            <ProjectCard key={project.id} project={project} />
          ))}
        </ul>
      )}
    </>
  );
}

export default function Projects({ me }: { me: Me }) {
  const projects = useProjects();
  const [restoring, setRestoring] = useState(false);
  const actions = (
    <>
      <Button onClick={() => setRestoring(true)}>{texts.restore.open}</Button>
      <LinkButton appearance="primary" icon={<AddRegular />} to="/projects/new">
        {texts.projects.add}
      </LinkButton>
    </>
  );
  return (
    <Page title={texts.projects.title} intro={texts.projects.intro} actions={me.isAdministrator && actions}>
      <Loaded query={projects}>
        {(all) => {
          const mine = all.filter((project) => project.role !== "labeler");
          if (mine.length > 0) return <Cards projects={mine} />;
          if (all.length > 0)
            return (
              <Nothing
                title={texts.labeling.onlyLabeler}
                actions={<LinkButton to="/labeling">{texts.labeling.open}</LinkButton>}
              >
                {texts.labeling.onlyLabelerWords(me.name)}
              </Nothing>
            );
          return (
            <Nothing title={texts.projects.none} actions={me.isAdministrator && <DemoButton />}>
              {me.isAdministrator ? texts.projects.noneWords : texts.labeling.askWhom(me.name)}
            </Nothing>
          );
        }}
      </Loaded>
      {restoring && <RestoreDialog onClose={() => setRestoring(false)} />}
    </Page>
  );
}
