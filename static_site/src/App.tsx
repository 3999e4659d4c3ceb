import { Toaster } from "@fluentui/react-components";
import { lazy, Suspense } from "react";
import { Navigate, Route, Routes } from "react-router";
import { useMe } from "./api/queries";
import { LabelingHome } from "./labeler/LabelingHome";
import { Instructions } from "./labeler/Instructions";
import { Loaded, Wait } from "./parts/States";
import { NotFound } from "./shell/NotFound";
import { Shell } from "./shell/Shell";
import { SignIn } from "./shell/SignIn";
import { TOASTER } from "./shell/useNotify";
import { TaggingPage } from "./tagging/TaggingPage";

// Labelers never load what only administrators and reviewers see.
const Projects = lazy(() => import("./projects/Projects"));
const Wizard = lazy(() => import("./projects/wizard/Wizard"));
const ProjectPage = lazy(() => import("./project/ProjectPage"));
const Datastores = lazy(() => import("./datastores/Datastores"));
const Datasets = lazy(() => import("./datasets/Datasets"));

export function App() {
  const me = useMe();
  return (
    <>
      <Loaded query={me}>
        {(person) =>
          person === null ? (
            <SignIn />
          ) : (
            <Suspense fallback={<Wait />}>
              <Routes>
                <Route element={<Shell me={person} />}>
                  <Route index element={<Navigate replace to={person.isAdministrator ? "/projects" : "/labeling"} />} />
                  <Route path="labeling" element={<LabelingHome me={person} />} />
                  <Route path="labeling/:projectId" element={<Instructions />} />
                  <Route path="labeling/:projectId/tasks" element={<TaggingPage />} />
                  <Route path="projects" element={<Projects me={person} />} />
                  <Route path="projects/:projectId/:tab?" element={<ProjectPage />} />
                  {person.isAdministrator && (
                    <>
                      <Route path="projects/new" element={<Wizard />} />
                      <Route path="datastores" element={<Datastores />} />
                      <Route path="datasets" element={<Datasets />} />
                    </>
                  )}
                  <Route path="*" element={<NotFound />} />
                </Route>
              </Routes>
            </Suspense>
          )
        }
      </Loaded>
      <Toaster toasterId={TOASTER} position="top" />
    </>
  );
}
