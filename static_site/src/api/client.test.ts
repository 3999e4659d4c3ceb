import { describe, expect, it, vi } from "vitest";
import { api, ok, Problem } from "./client";
import { serverNow } from "./clock";
import { pauseAfter } from "./pause";

const answer = (status: number, headers: Record<string, string>) =>
  ok(Promise.resolve({ data: null, response: new Response(null, { status, headers }) }));

describe("a name that addresses are shortened by", () => {
  const sent = vi.fn(() => Promise.resolve(new Response(null, { status: 204 })));
  const remove = (name: string) =>
    ok(
      api.DELETE("/api/projects/{project_id}/members/{sign_in_name}", {
        baseUrl: "https://example.org",
        fetch: sent,
        params: { path: { project_id: "abcdefghijkm", sign_in_name: name } },
      }),
    );

  it.each(["..", ".", "%2e%2E", "", " ", "a/b", "a\\b", "..%2f"])("is never sent: %s", async (name) => {
    const problem = await remove(name).catch((error: unknown) => error);
    expect(problem).toMatchObject({ status: 422, errors: [{ field: "signInName" }] });
    expect(sent).not.toHaveBeenCalled();
  });

  it("is no other name", async () => {
    await remove("..anna");
    expect(sent).toHaveBeenCalledOnce();
  });
});

describe("a busy service's answer", () => {
  it("says how long to wait", async () => {
    const problem = await answer(503, { "Retry-After": "12" }).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ status: 503, retryAfterMs: 12_000, busy: true, passing: true });
    expect(pauseAfter(problem, 0)).toBeGreaterThanOrEqual(12_000);
  });

  it("is waited for in vain only so long", async () => {
    const problem = await answer(429, { "Retry-After": "86400" }).catch((error: unknown) => error);
    expect(pauseAfter(problem, 0)).toBeLessThan(400_000);
  });

  it("may leave it to the page", async () => {
    const problem = await answer(503, {}).catch((error: unknown) => error);
    expect(problem).toMatchObject({ retryAfterMs: 0 });
    expect(pauseAfter(problem, 3)).toBeGreaterThan(pauseAfter(problem, 0));
  });
});

describe("the service's time", () => {
  it("is learned from its answers where this machine's clock is wrong", async () => {
    await answer(200, { Date: new Date(Date.now() - 3_600_000).toUTCString() });
    expect(Math.abs(Date.now() - 3_600_000 - serverNow())).toBeLessThan(5_000);
    await answer(200, { Date: new Date().toUTCString() });
    expect(Math.abs(Date.now() - serverNow())).toBeLessThan(5_000);
  });
});
