import { describe, expect, it } from "vitest";
import { draftFrom, emptyDraft, mistakesOf, stepOfField, toNewProject, withNewLabel, type Draft } from "./draft";
import { TASK_TYPES, USUAL, type TaskTypeName } from "../../tasks";

const NONE = { projects: new Set<string>(), datasets: new Set<string>() };
const draftOf = (changed: Partial<Draft>): Draft => ({ ...emptyDraft, ...changed });
const named = (...names: string[]) => names.map((name) => ({ name }));
const created = (changed: Partial<Draft["dataset"]>): Draft =>
  draftOf({ dataset: { ...emptyDraft.dataset, way: "create", name: "images", ...changed } });

describe("the wizard's steps", () => {
  it("asks for a project name that is not taken, whatever its case", () => {
    const taken = { ...NONE, projects: new Set(["cats"]) };
    expect(mistakesOf(draftOf({ name: "  " }), "details", taken).name).toBeDefined();
    expect(mistakesOf(draftOf({ name: "Cats " }), "details", taken).name).toBeDefined();
    expect(mistakesOf(draftOf({ name: "Dogs" }), "details", taken)).toEqual({});
  });

  it("asks for a dataset: one that is there, or a name and a place", () => {
    expect(mistakesOf(emptyDraft, "dataset", NONE).selected).toBeDefined();
    expect(mistakesOf(created({}), "dataset", NONE).datastore).toBeDefined();
    expect(mistakesOf(created({ datastore: "workspace" }), "dataset", NONE)).toEqual({});
    expect(mistakesOf(created({ source: "upload" }), "dataset", NONE).upload).toBeDefined();
  });

  it("asks for two labels, each of them whole and different", () => {
    expect(mistakesOf(draftOf({ labels: named("Cat") }), "labels", NONE).labels).toBeDefined();
    expect(mistakesOf(draftOf({ labels: named("Cat", " Cat") }), "labels", NONE).labels).toBeDefined();
    expect(mistakesOf(draftOf({ labels: named("Cat", "") }), "labels", NONE).labels).toBeDefined();
    expect(mistakesOf(draftOf({ labels: named("Cat", "Dog") }), "labels", NONE)).toEqual({});
  });

  it("takes along a label that is typed and not added, and stops at one that cannot be added", () => {
    const typed = draftOf({ labels: named("Cat"), newLabel: " Dog " });
    expect(mistakesOf(typed, "labels", NONE)).toEqual({});
    expect(withNewLabel(typed)).toMatchObject({ labels: named("Cat", "Dog"), newLabel: "" });
    expect(toNewProject(typed).labels.map((label) => (typeof label === "string" ? label : label.name))).toEqual(["Cat", "Dog"]);
    const twice = draftOf({ labels: named("Cat", "Dog"), newLabel: "Cat" });
    expect(mistakesOf(twice, "labels", NONE).labels).toBeDefined();
    expect(withNewLabel(twice)).toEqual(twice);
    expect(mistakesOf(draftOf({ newLabel: "x".repeat(101) }), "labels", NONE).labels).toBeDefined();
  });

  it("takes a web address or none", () => {
    const withUrl = (url: string) => mistakesOf(draftOf({ instructions: { text: "", url } }), "instructions", NONE);
    expect(withUrl("")).toEqual({});
    expect(withUrl("https://example.com/guide")).toEqual({});
    expect(withUrl("javascript:alert(1)").url).toBeDefined();
  });

  it("asks for a precision where labels are suggested", () => {
    const assist = { ...emptyDraft.assist, precision: "100" };
    expect(mistakesOf(draftOf({ assist }), "assist", NONE)).toEqual({});
    expect(mistakesOf(draftOf({ assist: { ...assist, mlAssist: true } }), "assist", NONE).precision).toBeDefined();
  });

  it("knows on which step a field is that the server refuses", () => {
    expect(stepOfField("labels.2.name")).toBe("labels");
    expect(stepOfField("dataset.prefix")).toBe("dataset");
    expect(stepOfField("suggestionPrecision")).toBe("assist");
    expect(stepOfField("opinions.share")).toBe("opinions");
    expect(stepOfField("elsewhere")).toBeUndefined();
  });
});

describe("the project that is asked for", () => {
  it("names a dataset that is there, or describes the new one", () => {
    const selected = draftOf({ dataset: { ...emptyDraft.dataset, selected: "images" } });
    expect(toNewProject(selected).dataset).toEqual({ name: "images" });
    expect(toNewProject(created({ datastore: "store", prefix: "cats/" })).dataset).toEqual({
      name: "images",
      description: "",
      datastore: "store",
      prefix: "cats/",
    });
  });

  it("puts labels into their groups, one that is only typed too", () => {
    const grouped = draftOf({ labels: [{ name: " Cat", group: "Animal" }], newLabel: "Plant/Tree/Oak" });
    expect(toNewProject(grouped).labels).toEqual([
      { name: "Cat", group: "Animal" },
      { name: "Oak", group: "Plant/Tree" },
    ]);
  });

  it("is of the usual task type where none was chosen, or one that is not there any more", () => {
    expect(toNewProject(draftOf({})).taskType).toBe(USUAL);
    expect(toNewProject(draftOf({ taskType: "toString" as never })).taskType).toBe(USUAL);
  });

  it("names exclusive groups only where an image may get several labels", () => {
    const grouped = { labels: [{ name: "Cat", group: "Animal" }], exclusive: ["Animal", "Plant"] };
    for (const [name, { isOneLabel }] of Object.entries(TASK_TYPES)) {
      const asked = toNewProject(draftOf({ ...grouped, taskType: name as TaskTypeName }));
      expect(asked.groups).toEqual(isOneLabel ? [] : [{ path: "Animal", exclusive: true }]);
    }
  });

  it("is read from what browsers kept before there were groups", () => {
    const before = { ...emptyDraft, labels: ["Cat", "Dog"] };
    expect(toNewProject(draftFrom(before)).opinions).toEqual({ least: 1, most: 1, share: 0, until: null });
    expect(draftFrom(before).labels).toEqual(named("Cat", "Dog"));
    expect(draftFrom(draftOf({ labels: [{ name: "Cat", group: "Animal" }] })).labels).toEqual([{ name: "Cat", group: "Animal" }]);
  });

  it("takes uploaded files from where they were put", () => {
    const uploaded = created({ source: "upload", uploadPrefix: "images-1/", uploaded: 2 });
    expect(toNewProject(uploaded).dataset).toMatchObject({ datastore: "workspace", prefix: "images-1/" });
  });
});
