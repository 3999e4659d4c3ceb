import { expect, test } from "vitest";
import { csvAddress, readFilter } from "./filter";

const read = (query: string) => {
  const params = new URLSearchParams(query);
  return readFilter((part) => params.get(part) ?? "");
};

test("days are whole, and the last one is included", () => {
  const { since, until } = read("since=2026-03-01&until=2026-03-01");
  expect([since, until]).toEqual([new Date(2026, 2, 1).toISOString(), new Date(2026, 2, 2).toISOString()]);
});

test("what is no day is not asked for, nor what is empty", () => {
  const { since, until, person, project } = read("since=2026-13-01&until=x&person=%20");
  expect([since, until, person, project]).toEqual([undefined, undefined, undefined, undefined]);
});

test("the table is asked for by the same filter", () => {
  expect(csvAddress(read("person=a%26b@example.org&action="))).toBe("/api/audit.csv?person=a%26b%40example.org");
});
