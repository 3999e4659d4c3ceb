import { Suspense } from "react";
import { Navigate, Outlet, Route, Routes } from "react-router";
import { useMe } from "./api/queries/me";
import { lazily } from "./parts/lazily";
import { Loaded, Wait } from "./parts/States";
import { NoticePlace } from "./shell/NoticePlace";
import { NotFound, NotForYou } from "./shell/NotFound";
import { JUDGING, LABELING, Shell } from "./shell/Shell";
import LabelingPage from "./labeling/LabelingPage";

// The labeling page is opened most often and comes with the site. Each other page is loaded when it is opened.
const SignIn = lazily(() => import("./shell/SignIn"));
const LabelingHome = lazily(() => import("./labeling/LabelingHome"));
const Instructions = lazily(() => import("./labeling/Instructions"));
const Projects = lazily(() => import("./projects/Projects"));
const Wizard = lazily(() => import("./projects/wizard/Wizard"));
const ProjectPage = lazily(() => import("./project/ProjectPage"));
const JudgePage = lazily(() => import("./checks/JudgePage"));
const Datastores = lazily(() => import("./datastores/Datastores"));
const Datasets = lazily(() => import("./datasets/Datasets"));
const People = lazily(() => import("./people/People"));
const AuditLog = lazily(() => import("./audit/AuditLog"));
const HelpPage = lazily(() => import("./help/HelpPage"));

export function App() {
  const me = useMe();
  return (
    <>
      <Loaded query={me}>
        {(person) =>
          person === null ? (
            <Suspense fallback={<Wait />}>
              <SignIn />
            </Suspense>
          ) : (
            // Somebody else may have signed in, in another tab.
            <Suspense fallback={<Wait />} key={person.userId}>
              <Routes>
                <Route element={<Shell me={person} />}>
                  <Route index element={<Navigate replace to={person.isAdministrator ? "/projects" : "/labeling"} />} />
                  <Route path="labeling" element={<LabelingHome me={person} />} />
                  <Route path="labeling/:projectId" element={<Instructions />} />
                  <Route path={LABELING} element={<LabelingPage />} />
                  <Route path="help/:page?" element={<HelpPage me={person} />} />
                  <Route path="projects" element={<Projects me={person} />} />
                  <Route path="projects/:projectId/:tab?/:item?" element={<ProjectPage />} />
                  <Route path={JUDGING} element={<JudgePage />} />
                  <Route element={person.isAdministrator ? <Outlet /> : <NotForYou of="service" />}>
                    <Route path="projects/new" element={<Wizard />} />
                    <Route path="datastores" element={<Datastores />} />
                    <Route path="datasets" element={<Datasets />} />
                    <Route path="people" element={<People me={person} />} />
                    <Route path="audit" element={<AuditLog />} />
                  </Route>
                  <Route path="*" element={<NotFound />} />
                </Route>
              </Routes>
            </Suspense>
          )
        }
      </Loaded>
      <NoticePlace />
    </>
  );
}
