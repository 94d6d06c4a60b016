import { describe, expect, it } from "vitest";
import { sameSectionIn, workspaceIdIn, workspaceLinks } from "./shell-links";

describe("the links of a workspace", () => {
  it("show who did what to owners and admins alone", () => {
    const labels = (role: "owner" | "viewer") => workspaceLinks("w1", role).map(({ label }) => label);
    expect(labels("owner")).toContain("Activity");
    expect(labels("viewer")).toEqual([
      "Overview",
      "Setup",
      "Actions",
      "Budgets",
      "Grants",
      "Runs",
      "Receipts",
      "Freezes",
      "Members",
      "Settings",
    ]);
  });
});

it("finds the workspace in an address", () => {
  expect(workspaceIdIn("/workspaces/w1/runs")).toBe("w1");
  expect(workspaceIdIn("/workspaces")).toBeNull();
  expect(workspaceIdIn("/approvals")).toBeNull();
});

it("keeps the section when the workspace is switched, not the single thing", () => {
  expect(sameSectionIn("w2", "/workspaces/w1/runs/r1")).toBe("/workspaces/w2/runs");
  expect(sameSectionIn("w2", "/workspaces/w1")).toBe("/workspaces/w2");
  expect(sameSectionIn("w2", "/approvals")).toBe("/workspaces/w2");
  expect(sameSectionIn("w2", "/workspaces/w1/activity")).toBe("/workspaces/w2");
});
