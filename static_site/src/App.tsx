import { Suspense } from "react";
import { matchPath, Navigate, Route, Routes } from "react-router";
import { useMe } from "./api/queries";
import { lazily } from "./parts/lazily";
import { Loaded, Wait } from "./parts/States";
import { NoticePlace } from "./shell/NoticePlace";
import { NotFound } from "./shell/NotFound";
import { Shell, TAGGING } from "./shell/Shell";

// Each page is loaded when it is opened: labelers never load what only administrators and reviewers see.
const loadTagging = () => import("./tagging/TaggingPage");
const TaggingPage = lazily(loadTagging);
const SignIn = lazily(() => import("./shell/SignIn"));
const LabelingHome = lazily(() => import("./labeler/LabelingHome"));
const Instructions = lazily(() => import("./labeler/Instructions"));
const Projects = lazily(() => import("./projects/Projects"));
const Wizard = lazily(() => import("./projects/wizard/Wizard"));
const ProjectPage = lazily(() => import("./project/ProjectPage"));
const Datastores = lazily(() => import("./datastores/Datastores"));
const Datasets = lazily(() => import("./datasets/Datasets"));
const People = lazily(() => import("./people/People"));
const AuditLog = lazily(() => import("./audit/AuditLog"));

// The page that is opened most often is on its way before it is known who opens it.
if (matchPath(TAGGING, location.pathname)) loadTagging().catch(() => undefined);

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
                  <Route path={TAGGING} element={<TaggingPage />} />
                  <Route path="projects" element={<Projects me={person} />} />
                  <Route path="projects/:projectId/:tab?" element={<ProjectPage />} />
                  {person.isAdministrator && (
                    <>
                      <Route path="projects/new" element={<Wizard />} />
                      <Route path="datastores" element={<Datastores />} />
                      <Route path="datasets" element={<Datasets />} />
                      <Route path="people" element={<People me={person} />} />
                      <Route path="audit" element={<AuditLog />} />
                    </>
                  )}
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
