import { describe, expect, it } from "vitest";
import { namesIn } from "./inviting";

describe("the names in the field for invitations", () => {
  it("are separated by commas, semicolons, spaces and lines, and are there once each", () => {
    expect(namesIn(" dora@x.org, emil@x.org;fay@x.org\ngus@x.org\t Dora@X.org ,;")).toEqual([
      "dora@x.org",
      "emil@x.org",
      "fay@x.org",
      "gus@x.org",
    ]);
    expect(namesIn(" , ")).toEqual([]);
    expect(namesIn("ÄNNA änna")).toEqual(["ÄNNA", "änna"]);
  });

  it("are taken out of what mail programs write", () => {
    expect(namesIn("Dora Smith <dora@x.org>; 'Emil' <emil@x.org>")).toEqual(["dora@x.org", "emil@x.org"]);
  });
});
