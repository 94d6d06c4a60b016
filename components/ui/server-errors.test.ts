import { describe, expect, it } from "vitest";
import { refuse } from "@/lib/domain/refusals/refusal";
import { fieldMessages, sortMessages } from "./server-errors";

describe("fieldMessages", () => {
  it("reads paths as lists, as pointers and as dotted names", () => {
    const refusal = refuse("validation_failed", "Several fields are not valid.", {
      fields: {
        errors: [
          { path: ["policy", "threshold"], message: "a" },
          { path: "/approvers/0", message: "b" },
          { path: "name", message: "c" },
        ],
      },
    });
    expect(fieldMessages(refusal)).toEqual([
      { name: "policy.threshold", message: "a" },
      { name: "approvers.0", message: "b" },
      { name: "name", message: "c" },
    ]);
  });

  it("survives a refusal without errors, or with something else there", () => {
    expect(fieldMessages(refuse("run_not_found", "No."))).toEqual([]);
    expect(fieldMessages(refuse("validation_failed", "No.", { fields: { errors: ["x", null, { path: 1 }] } }))).toEqual([]);
  });
});

describe("sortMessages", () => {
  it("puts each message beside the nearest field and keeps the rest for the form", () => {
    const known = new Set(["name", "approvers"]);
    expect(
      sortMessages(
        [
          { name: "name", message: "taken" },
          { name: "name", message: "second" },
          { name: "approvers.1.email", message: "no address" },
          { name: "", message: "whole" },
          { name: "elsewhere", message: "hidden" },
        ],
        known,
      ),
    ).toEqual({
      beside: [
        { name: "name", message: "taken" },
        { name: "approvers", message: "no address" },
      ],
      general: ["whole", "hidden"],
    });
  });
});
