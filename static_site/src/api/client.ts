import createClient from "openapi-fetch";
import type { paths } from "./schema";

export const api = createClient<paths>();

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

  constructor(status: number, body: ProblemBody) {
    super(body.detail || body.title || "");
    this.status = status;
    this.kind = body.type?.split(":").at(-1) ?? "";
    this.errors = body.errors ?? [];
    this.imageIds = body.imageIds ?? [];
  }

  /** Whether the same request may well succeed a little later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** The answer's body; whatever else happens is thrown as a Problem. */
export async function ok<T>(call: Answer<T>): Promise<T> {
  const answer = await call.catch(() => {
    throw new Problem(0, {});
  });
  if (!answer.response.ok) {
    throw new Problem(answer.response.status, isBody(answer.error) ? answer.error : {});
  }
  return answer.data as T;
}

function isBody(error: unknown): error is ProblemBody {
  return typeof error === "object" && error !== null;
}

export const isProblem = (error: unknown, status?: number): error is Problem =>
  error instanceof Problem && (status === undefined || error.status === status);

export const isPassing = (error: unknown): boolean => isProblem(error) && error.passing;

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
