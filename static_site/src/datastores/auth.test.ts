import { expect, test } from "vitest";
import { tokenWarnings } from "./auth";

const NOW = Date.parse("2026-07-01T12:00:00Z");
const SIGNED = "sv=2025-05-05&sr=c&sig=c2VjcmV0";

test.each([
  ["sp=rl&se=2026-07-02T00:00:00Z", []],
  ["si=policy", []],
  ["sp=racwdl&se=2026-07-02", ["changes"]],
  ["sp=rl", ["long"]],
  ["sp=rl&se=9999-12-31", ["long"]],
  ["sp=rcl&se=9999-12-31", ["changes", "long"]],
  ["sp=rl&se=9999-12-31&ske=2026-07-05", []],
])("a token that says %s is told %j", (says, warnings) => {
  expect(tokenWarnings({ kind: "sas", secret: `${SIGNED}&${says}` }, NOW)).toEqual(warnings);
});

test("nothing is told of a token that is still being typed, nor of a key", () => {
  expect(tokenWarnings({ kind: "sas", secret: "sv=2025-05-05&sp=rw" }, NOW)).toEqual([]);
  expect(tokenWarnings({ kind: "accountKey", secret: "sp=rw&sig=x" }, NOW)).toEqual([]);
});
