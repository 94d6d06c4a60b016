import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { claimRequestSchema, releaseRequestSchema, renewRequestSchema } from "./claim";
import { decisionRequestSchema } from "./decision";
import { reportExecutedRequestSchema, reportFailedRequestSchema } from "./report";
import { runParamsSchema, statusQuerySchema } from "./status";
import { validationIssues } from "./validation-issues";

function issuesOf(schema: z.ZodType, body: unknown) {
  const parsed = schema.safeParse(body);
  return parsed.success ? [] : validationIssues(parsed.error);
}

describe("requests", () => {
  it.each<[string, z.ZodType, unknown]>([
    ["claim", claimRequestSchema, { worker: "w1" }],
    ["claim with payload", claimRequestSchema, { worker: "w1", lease_seconds: 3600, payload: { a: 1 } }],
    ["claim with a token of its own", claimRequestSchema, { worker: "w1", token: "t".repeat(32) }],
    ["renew", renewRequestSchema, { claim_token: "t", lease_seconds: 5 }],
    ["renew by the default", renewRequestSchema, { claim_token: "t" }],
    ["release", releaseRequestSchema, { claim_token: "t" }],
    ["executed", reportExecutedRequestSchema, { execution_result: { id: 1 }, claim_token: "t" }],
    ["executed with nothing to say", reportExecutedRequestSchema, {}],
    ["executed with nulls", reportExecutedRequestSchema, { execution_result: null, claim_token: null }],
    ["failed", reportFailedRequestSchema, { execution_error: "timeout", execution_result: { tries: 3 } }],
    ["failed without a text", reportFailedRequestSchema, { execution_error: "" }],
    ["approve", decisionRequestSchema, { decision: "approve", confirm: true, comment: "Checked." }],
    ["reject", decisionRequestSchema, { decision: "reject" }],
    ["block", decisionRequestSchema, { decision: "block", comment: null, confirm: false }],
  ])("take %s", (_name, schema, body) => {
    expect(issuesOf(schema, body)).toEqual([]);
  });

  it.each<[z.ZodType, unknown, string, string]>([
    [claimRequestSchema, {}, "worker", "worker is required."],
    [claimRequestSchema, { worker: "w", token: "t".repeat(31) }, "token", "token must have 32 to 200 characters."],
    [claimRequestSchema, { worker: "w", payload: [] }, "payload", "payload must be a JSON object."],
    [renewRequestSchema, {}, "claim_token", "claim_token is required."],
    [releaseRequestSchema, { claim_token: "" }, "claim_token", "claim_token must have 1 to 200 characters."],
    [releaseRequestSchema, { claim_token: "t", worker: "w" }, "worker", "worker is not a field of this request. Remove it."],
    [reportExecutedRequestSchema, { execution_result: "done" }, "execution_result", "execution_result must be a JSON object."],
    [
      reportExecutedRequestSchema,
      { execution_error: "x" },
      "execution_error",
      "execution_error is not a field of this request. Remove it.",
    ],
    [reportFailedRequestSchema, {}, "execution_error", "execution_error is required."],
    [
      reportFailedRequestSchema,
      { execution_error: "e".repeat(4001) },
      "execution_error",
      "execution_error must have at most 4000 characters.",
    ],
    [decisionRequestSchema, { decision: "maybe" }, "decision", "decision must be approve or reject or block."],
    [decisionRequestSchema, {}, "decision", "decision must be approve or reject or block."],
    [decisionRequestSchema, { decision: "approve" }, "confirm", "confirm must be true to approve: approving takes this second step."],
    [
      decisionRequestSchema,
      { decision: "approve", confirm: false },
      "confirm",
      "confirm must be true to approve: approving takes this second step.",
    ],
    [decisionRequestSchema, { decision: "approve", confirm: "true" }, "confirm", "confirm must be true or false."],
    [decisionRequestSchema, { decision: "reject", comment: "c".repeat(2001) }, "comment", "comment must have at most 2000 characters."],
    [runParamsSchema, { id: "1' or '1'='1" }, "id", "id must be a UUID."],
    [statusQuerySchema, { wait: "61" }, "wait", "wait must be a number of seconds from 0 to 60."],
    [statusQuerySchema, { wait: "-1" }, "wait", "wait must be a number of seconds from 0 to 60."],
    [statusQuerySchema, { wait: "1e1" }, "wait", "wait must be a number of seconds from 0 to 60."],
    [statusQuerySchema, { wait: "" }, "wait", "wait must be a number of seconds from 0 to 60."],
  ])("are refused in plain words (%#)", (schema, body, path, message) => {
    expect(issuesOf(schema, body)).toEqual([{ path, message }]);
  });

  it("read the wait as seconds", () => {
    expect(statusQuerySchema.parse({ wait: "60" })).toEqual({ wait: 60 });
    expect(statusQuerySchema.parse({ wait: "0.5" })).toEqual({ wait: 0.5 });
    expect(statusQuerySchema.parse({})).toEqual({});
  });
});

describe("validationIssues", () => {
  it("lists at most 20, and cuts long names", () => {
    const body = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${"x".repeat(500)}${index}`, 1]));
    const issues = issuesOf(releaseRequestSchema, { claim_token: "t", ...body });
    expect(issues).toHaveLength(20);
    expect(issues[0]?.path).toHaveLength(201);
  });

  it("never repeats a value", () => {
    const secret = "daai_sk_not_to_be_seen";
    const bodies = [{ decision: secret }, { decision: "approve", confirm: secret }, { decision: "reject", comment: [secret] }];
    for (const body of bodies) expect(JSON.stringify(issuesOf(decisionRequestSchema, body))).not.toContain(secret);
  });
});
