import { describe, expect, it } from "vitest";
import { askedEnding } from "./asked-ending";

const rights = {
  runsWaiting: 3,
  approvalsGiven: 0,
  askedInstead: ["chi@example.com"],
  successors: [
    { email: "ben@example.com", name: null, runs: 3 },
    { email: "eva@example.com", name: "Eva", runs: 2 },
  ],
};

describe("askedEnding", () => {
  it.each([
    ["", "chi@example.com is asked instead."],
    ["ben@example.com", "ben@example.com is asked instead."],
    ["eva@example.com", "eva@example.com is asked about 2 of them instead. About the rest, chi@example.com is asked."],
  ])("says who is asked instead: %s", (to, ending) => {
    expect(askedEnding(rights, to)).toEqual([`They were asked to approve 3 pending runs. Their links stop working, and ${ending}`]);
  });

  it.each([
    [1, "They approved 1 pending run that still needs other people’s approval. Their approval ends, and someone else is asked to approve."],
    [2, "They approved 2 pending runs that still need other people’s approval. Their approvals end, and someone else is asked to approve."],
  ])("says what becomes of %d approvals among several", (approvalsGiven, ending) => {
    expect(askedEnding({ ...rights, runsWaiting: 0, approvalsGiven }, "")).toEqual([ending]);
    expect(askedEnding({ ...rights, approvalsGiven }, "")).toEqual([expect.stringContaining("3 pending runs"), ending]);
  });

  it("names at most five people, the owners where nobody is listed, and says nothing without requests", () => {
    const many = [..."abcdefg"].map((name) => `${name}@x.y`);
    expect(askedEnding({ ...rights, askedInstead: many }, "")[0]).toContain(
      "a@x.y, b@x.y, c@x.y, d@x.y, e@x.y and 2 more are asked instead.",
    );
    expect(askedEnding({ ...rights, askedInstead: [] }, "")[0]).toContain("the workspace’s owners are asked instead.");
    expect(askedEnding({ ...rights, runsWaiting: 0 }, "ben@example.com")).toEqual([]);
  });
});
