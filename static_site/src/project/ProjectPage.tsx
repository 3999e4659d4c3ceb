import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import { Suspense, type ComponentType } from "react";
import { useParams } from "react-router";
import { useMe } from "../api/queries/me";
import { useProject } from "../api/queries/projects";
import type { Project } from "../api/types";
import { useVerdictSending } from "../checks/sending";
import { lastSearch } from "../data/lastView";
import { IngestProgress } from "../parts/IngestProgress";
import { lazily } from "../parts/lazily";
import { LinkButton } from "../parts/LinkButton";
import { Page } from "../parts/Page";
import { ProjectLoaded } from "../parts/ProjectLoaded";
import { ProjectStatus } from "../parts/ProjectStatus";
import { ProjectTrouble } from "../parts/ProjectTrouble";
import { Nothing, Wait } from "../parts/States";
import { Tabs } from "../parts/Tabs";
import { NotFound, NotForYou } from "../shell/NotFound";
import { texts } from "../texts";
import * as dashboardTexts from "../texts/dashboard";
import { Dashboard } from "./dashboard/Dashboard";
import { Details } from "./details/Details";
import { Exports } from "./Exports";

const Data = lazily(() => import("../data/DataTab"));
const Checks = lazily(() => import("../checks/ChecksTab"));
const Imports = lazily(() => import("../imports/ImportTab"));

const TABS = {
  dashboard: Dashboard,
  data: Data,
  checks: Checks,
  details: Details,
  import: Imports,
  export: Exports,
} satisfies Record<string, ComponentType<{ project: Project }>>;

/** How often it is looked whether others have changed the project itself. */
const CHANGES_MS = 60_000;

type TabName = keyof typeof TABS;

function tabsOf(project: Project): TabName[] {
  return project.role === "administrator"
    ? ["dashboard", "data", "checks", "details", "import", "export"]
    : ["dashboard", "data", "checks", "import", "export"];
}

/** Images are found again as one left them. */
function addressOf(project: Project, tab: string): string {
  const search = tab === "data" ? lastSearch(project.id) : "";
  return `/projects/${project.id}/${tab}${search && `?${search}`}`;
}

function Opened({ project, tab }: { project: Project; tab: string }) {
  const current = tabsOf(project).find((one) => one === tab);
  const { item } = useParams();
  if (project.role === "labeler") {
    return (
      <Nothing
        title={project.name}
        actions={<LinkButton to={`/labeling/${project.id}`}>{texts.labeling.label}</LinkButton>}
      >
        {dashboardTexts.project.labelersOnly}
      </Nothing>
    );
  }
  if (!current || (item !== undefined && current !== "checks")) return tab === "details" ? <NotForYou of="project" /> : <NotFound />;
  const Body = TABS[current];
  const canLabel = project.status === "created" || project.status === "paused";
  return (
    <Page
      title={
        <>
          {project.name} <ProjectStatus project={project} />
        </>
      }
      tabs={
        <Tabs
          label={dashboardTexts.project.pages}
          current={current}
          tabs={tabsOf(project).map((name) => ({
            name,
            text: dashboardTexts.project.tabs[name],
            to: addressOf(project, name),
          }))}
        />
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
      <div role="tabpanel" aria-label={dashboardTexts.project.tabs[current]}>
        <Suspense fallback={<Wait />}>
          <Body project={project} />
        </Suspense>
      </div>
    </Page>
  );
}

export default function ProjectPage() {
  const { projectId = "", tab = "dashboard" } = useParams();
  useVerdictSending(useMe().data?.userId ?? "", projectId);
  const query = useProject(projectId, CHANGES_MS);
  return (
    <ProjectLoaded query={query}>{(project) => <Opened key={project.id} project={project} tab={tab} />}</ProjectLoaded>
  );
}
