import { describe, expect, it } from "vitest";
import { filterEntries, groupEntries, type PaletteEntry } from "./palette-entries";

const entries: PaletteEntry[] = [
  { id: "1", group: "Go to", label: "Runs" },
  { id: "2", group: "Go to", label: "Receipts" },
  { id: "3", group: "Workspaces", label: "Support desk", note: "Café Nord" },
  { id: "4", group: "Theme", label: "Dark", keywords: "theme night" },
  { id: "5", group: "Workspaces", label: "Nordic runs" },
];
const ids = (text: string) => filterEntries(entries, text).map(({ id }) => id);

describe("filterEntries", () => {
  it("keeps everything while nothing is typed", () => {
    expect(ids("  ")).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("finds beginnings of words, in any order, without accents and case", () => {
    expect(ids("cafe")).toEqual(["3"]);
    expect(ids("DESK sup")).toEqual(["3"]);
    expect(ids("night")).toEqual(["4"]);
    expect(ids("eceipts")).toEqual([]);
  });

  it("puts what begins with the text first", () => {
    expect(ids("nor")).toEqual(["5", "3"]);
    expect(ids("run")).toEqual(["1", "5"]);
  });
});

it("groups in the order of first appearance", () => {
  expect(groupEntries(entries).map(({ group, entries: members }) => [group, members.length])).toEqual([
    ["Go to", 2],
    ["Workspaces", 2],
    ["Theme", 1],
  ]);
});
