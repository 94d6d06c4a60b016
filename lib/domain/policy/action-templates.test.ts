import { describe, expect, it } from "vitest";
import { actionSchema } from "@/lib/registered-actions/schema";
import { ACTION_TEMPLATES } from "./action-templates";
import { testRequestPayload } from "./first-run-payload";
import { previewDecision } from "./preview-decision";
import { suggestActionName } from "./suggest-action-name";

describe.each(ACTION_TEMPLATES)("the template $title", ({ sample, policy, ...template }) => {
  const action = actionSchema.parse({ ...template, name: suggestActionName(template.title), policy });
  const preview = previewDecision(action.policy, action, JSON.stringify(sample));

  it("can be registered as it is, and asks a person about its sample", () => {
    expect(preview).toMatchObject({ kind: "decided", result: { outcome: "pending_approval" } });
  });

  it("is tested with a payload that has its sentence's fields, and no words of an agent", () => {
    const payload = testRequestPayload({ ...action, rule: action.policy });
    const tested = previewDecision(action.policy, action, JSON.stringify(payload));
    if (tested.kind !== "decided") throw new Error(tested.kind);
    expect([tested.result.outcome, tested.reading.sentence.includes("none")]).toEqual(["pending_approval", false]);
    expect(Object.keys(payload)).not.toEqual(expect.arrayContaining(["actor"]));
  });

  it("reads its sample whole: every field of the sentence, and whom it reaches", () => {
    if (preview.kind !== "decided") throw new Error(preview.kind);
    expect(preview.reading.sentence).not.toMatch(/none|\{|\}/);
    expect(preview.reading.recipient === null).toBe(template.recipientField === null);
  });
});

it("no two templates have one name", () => {
  expect(new Set(ACTION_TEMPLATES.map(({ title }) => suggestActionName(title))).size).toBe(ACTION_TEMPLATES.length);
});
