import { MessageBar, MessageBarBody, Tab, TabList } from "@fluentui/react-components";
import { lazy, Suspense, type ComponentType } from "react";
import { useNavigate, useParams } from "react-router";
import { useProject } from "../api/queries";
import type { Project } from "../api/types";
import { lastSearch } from "../data/lastView";
import { IngestProgress } from "../parts/IngestProgress";
import { LinkButton } from "../parts/LinkButton";
import { Page } from "../parts/Page";
import { ProjectStatus } from "../parts/ProjectStatus";
import { ProjectTrouble } from "../parts/ProjectTrouble";
import { Loaded, Nothing, Wait } from "../parts/States";
import { NotFound } from "../shell/NotFound";
import { texts } from "../texts";
import { Dashboard } from "./Dashboard";
import { Details } from "./Details";
import { Exports } from "./Exports";

const Data = lazy(() => import("../data/DataTab"));

const TABS = {
  dashboard: Dashboard,
  data: Data,
  details: Details,
  export: Exports,
} satisfies Record<string, ComponentType<{ project: Project }>>;

type TabName = keyof typeof TABS;

function tabsOf(project: Project): TabName[] {
  return project.role === "administrator"
    ? ["dashboard", "data", "details", "export"]
    : ["dashboard", "data", "export"];
}

/** Images are found again as one left them. */
function addressOf(project: Project, tab: string): string {
  const search = tab === "data" ? lastSearch(project.id) : "";
  return `/projects/${project.id}/${tab}${search && `?${search}`}`;
}

function Opened({ project, tab }: { project: Project; tab: string }) {
  const navigate = useNavigate();
  const current = tabsOf(project).find((one) => one === tab);
  if (project.role === "labeler") {
    return (
      <Nothing
        title={project.name}
        actions={<LinkButton to={`/labeling/${project.id}`}>{texts.labeling.label}</LinkButton>}
      >
        {texts.project.labelersOnly}
      </Nothing>
    );
  }
  if (!current) return <NotFound />;
  const Body = TABS[current];
  const canLabel = project.status === "created" || project.status === "paused";
  return (
    <Page
      title={
        <>
          {project.name} <ProjectStatus project={project} />
        </>
      }
      intro={
        project.dataset && texts.project.from(project.dataset.name, project.dataset.datastore, project.dataset.prefix)
      }
      actions={
        canLabel && (
          <LinkButton
            appearance="primary"
            to={`/labeling/${project.id}`}
            aria-label={texts.labeling.labelProject(project.name)}
          >
            {texts.labeling.label}
          </LinkButton>
        )
      }
    >
      {project.inTrouble ? (
        <ProjectTrouble project={project} />
      ) : (
        project.statusDetail && (
          <MessageBar intent="info" layout="multiline">
            <MessageBarBody>{project.statusDetail}</MessageBarBody>
          </MessageBar>
        )
      )}
      <IngestProgress project={project} alone />
      <TabList
        selectedValue={current}
        onTabSelect={(_, data) => void navigate(addressOf(project, String(data.value)))}
      >
        {tabsOf(project).map((one) => (
          <Tab key={one} value={one}>
            {texts.project.tabs[one]}
          </Tab>
        ))}
      </TabList>
      <Suspense fallback={<Wait />}>
        <Body project={project} />
      </Suspense>
    </Page>
  );
}

export default function ProjectPage() {
  const { projectId = "", tab = "dashboard" } = useParams();
  const query = useProject(projectId);
  return <Loaded query={query}>{(project) => <Opened key={project.id} project={project} tab={tab} />}</Loaded>;
}
