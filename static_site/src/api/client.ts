import createClient from "openapi-fetch";
import { texts } from "../texts";
import { noteTime } from "./clock";
import { noteReach } from "./reach";
import type { paths } from "./schema";

export const api = createClient<paths>();

/** Whether an address loses or divides this: browsers take `..` for the way up, encoded or not. */
export function isShortened(name: unknown): boolean {
  const plain = String(name)
    .replace(/%2e/gi, ".")
    .replace(/%(2f|5c)/gi, "/");
  return /^[ .]*$/.test(plain) || /[/\\]/.test(plain);
}

// An address that is shortened means something else, so it is never sent: the removal of a member, the whole project.
api.use({
  onRequest: ({ params }) => {
    const [name] = Object.entries(params.path ?? {}).find(([, value]) => isShortened(value)) ?? [];
    if (name === undefined) return undefined;
    const field = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const problem = { detail: texts.errors.shortened, errors: [{ field, message: texts.errors.shortened }] };
    return Response.json(problem, { status: 422, headers: { "Content-Type": "application/problem+json" } });
  },
});

interface ProblemBody {
  type?: string;
  title?: string;
  detail?: string;
  errors?: { field: string; message: string }[];
  imageIds?: string[];
}

/** An answer of application/problem+json, or status 0 where no answer came. */
export class Problem extends Error {
  readonly status: number;
  readonly kind: string;
  readonly errors: { field: string; message: string }[];
  readonly imageIds: string[];
  /** How long the service asks to be left in peace; 0 where it does not say. */
  readonly retryAfterMs: number;

  constructor(status: number, body: ProblemBody, retryAfterMs = 0) {
    super(body.detail || body.title || "");
    this.status = status;
    this.kind = body.type?.split(":").at(-1) ?? "";
    this.errors = body.errors ?? [];
    this.imageIds = body.imageIds ?? [];
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may well succeed a little later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  /** Whether the service is well, but has more to do than it can. */
  get busy(): boolean {
    return this.status === 429 || this.status === 503;
  }
}

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** The answer's body; whatever else happens is thrown as a Problem. */
export async function ok<T>(call: Answer<T>): Promise<T> {
  const answer = await call.catch((error: unknown) => {
    // What is given up by the page itself tells nothing about the service.
    if (!(error instanceof DOMException && error.name === "AbortError")) noteReach(false);
    throw new Problem(0, {});
  });
  noteReach(true);
  const { response, error } = answer;
  noteTime(response);
  if (!response.ok) throw new Problem(response.status, isBody(error) ? error : {}, retryAfter(response));
  return answer.data as T;
}

/** In seconds, as the service says it; the form with a date is not its own. */
const retryAfter = (response: Response): number => 1_000 * (Number(response.headers.get("Retry-After")) || 0);

function isBody(error: unknown): error is ProblemBody {
  return typeof error === "object" && error !== null;
}

export const isProblem = (error: unknown, status?: number): error is Problem =>
  error instanceof Problem && (status === undefined || error.status === status);

export const isPassing = (error: unknown): boolean => isProblem(error) && error.passing;
export const isBusy = (error: unknown): boolean => isProblem(error) && error.busy;

interface Page<T> {
  items: readonly T[];
  nextCursor?: string | null;
}

/** All pages of a list that is short by its nature. */
export async function everyPage<T>(fetchPage: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return items;
}
