import { describe, expect, it } from "vitest";
import { canBeRead, columnOf, namesOf, withColumn } from "./columns";

const told = { names: ["photo", "label", "photo", "", "sure"], image: null, label: "label", confidence: null };

describe("the columns of a table", () => {
  it("are those that were chosen, and else those that were found", () => {
    expect(columnOf("label", told, {})).toBe("label");
    expect(columnOf("label", told, { label: "photo" })).toBe("photo");
    expect(columnOf("image", told, {})).toBeNull();
  });

  it("are offered each once, with those of a wide table that are taken and not listed", () => {
    expect(namesOf(told, {})).toEqual(["photo", "label", "sure"]);
    expect(namesOf({ ...told, label: "the 300th" }, {})).toEqual(["photo", "label", "sure", "the 300th"]);
  });

  it("do to read it where image and label are known", () => {
    expect(canBeRead(told, {})).toBe(false);
    expect(canBeRead(told, { confidence: "sure" })).toBe(false);
    expect(canBeRead(told, { image: "photo" })).toBe(true);
  });

  it("are chosen, and found by the service again", () => {
    const chosen = withColumn({ label: "sure" }, "image", "photo");
    expect(chosen).toEqual({ label: "sure", image: "photo" });
    expect(withColumn(chosen, "image", null)).toEqual({ label: "sure" });
  });

  it("may be none for the confidence, whatever the service finds", () => {
    const sure = { ...told, confidence: "sure" };
    const none = withColumn({ label: "label" }, "confidence", null);
    expect(none).toEqual({ label: "label", confidence: null });
    expect(columnOf("confidence", sure, none)).toBeNull();
    expect(columnOf("confidence", sure, withColumn(none, "confidence", "photo"))).toBe("photo");
  });
});
