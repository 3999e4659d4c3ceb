import { afterEach, expect, test, vi } from "vitest";

/** As browsers have it: what is kept are its own properties. */
class Kept {
  [key: string]: unknown;
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
}

afterEach(() => vi.unstubAllGlobals());

test("who signs out leaves nothing but how the site looks and what has yet to be sent", async () => {
  const stays = { theme: "dark", tiles: "large", layout: "9", "outbox:anna:1": "{}", "verdicts:anna:p1:c1": "[]" };
  const storage = Object.assign(new Kept(), stays, { "draft:l1": "{}", "kept|anna|new-project": "{}", "recent:p1": "[]" });
  const assign = vi.fn();
  vi.stubGlobal("localStorage", storage);
  vi.stubGlobal("location", { hostname: "site.example", assign });
  const { signOut } = await import("./session");
  await signOut();
  expect({ ...storage }).toEqual(stays);
  expect(assign).toHaveBeenCalledOnce();
});
