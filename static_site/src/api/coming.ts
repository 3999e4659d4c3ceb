/** Routes that the service's OpenAPI document does not have yet, in its own form. */

interface Route<Parameters, Body, Answer> {
  parameters: Parameters;
  requestBody?: Body;
  responses: { 200: { content: { "application/json": Answer } } };
}
type Unused = { [method in "get" | "put" | "post" | "delete" | "patch" | "head" | "options" | "trace"]?: never };

export interface Activity {
  hours: { at: string; labeled: number }[];
  days: { date: string; labeled: number }[];
}
export interface SampleImage {
  name: string;
  thumbnail: string | null;
  width: number;
  height: number;
  problem: string | null;
}
export interface Sample {
  images: SampleImage[];
  more: boolean;
}

type InProject = { path: { project_id: string } };
type OfLabel = { path: { project_id: string; label_id: number } };

export interface ComingPaths {
  "/api/projects/{project_id}/activity": Omit<Unused, "get"> & { get: Route<InProject, never, Activity> };
  "/api/projects/{project_id}/labels/{label_id}/merge": Omit<Unused, "post" | "delete"> & {
    post: Required<Route<OfLabel, { content: { "application/json": { into: number | string } } }, unknown>>;
    delete: Route<OfLabel, never, unknown>;
  };
  "/api/datastores/{name}/sample": Omit<Unused, "get"> & {
    get: Route<{ path: { name: string }; query: { prefix: string } }, never, Sample>;
  };
}
