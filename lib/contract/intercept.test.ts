import { describe, expect, it } from "vitest";
import { interceptRequestSchema } from "./intercept";
import { validationIssues } from "./validation-issues";

const minimal = { action: "send_invoice_reminder", payload: { amount: 1250 } };

function issuesOf(body: unknown) {
  const parsed = interceptRequestSchema.safeParse(body);
  return parsed.success ? [] : validationIssues(parsed.error);
}

describe("interceptRequestSchema", () => {
  it("takes the request of the documentation", () => {
    const request = {
      action: "send_invoice_reminder",
      payload: { actor: "finance_agent", amount: 1250, source: { type: "finance_admin_agent", ref: "INV-1025" } },
      idempotency_key: "invoice-reminder:INV-1025",
      reasoning: "Overdue by 30 days.",
      source: { type: "erp", ref: "INV-1025" },
      actor: "finance_agent",
      claim: { worker: "w1", lease_seconds: 60 },
    };
    expect(interceptRequestSchema.parse(request)).toEqual(request);
  });

  it("passes the very payload on, and takes input as its other name", () => {
    const payload = { amount: 1 };
    expect(interceptRequestSchema.parse({ action: "pay_now", payload }).payload).toBe(payload);
    expect(interceptRequestSchema.parse({ action: "pay_now", input: payload }).payload).toBe(payload);
    expect(interceptRequestSchema.parse({ action: "pay_now", input: payload })).not.toHaveProperty("input");
    expect(interceptRequestSchema.parse({ action: "pay_now", payload: {} }).payload).toEqual({});
  });

  it("takes null for what is not sent", () => {
    const nulls = { input: null, idempotency_key: null, actor: null, reasoning: null, source: null, claim: null };
    expect(issuesOf({ ...minimal, ...nulls })).toEqual([]);
  });

  it("gives a lease its default", () => {
    expect(interceptRequestSchema.parse({ ...minimal, claim: { worker: "w1" } }).claim).toEqual({ worker: "w1", lease_seconds: 60 });
  });

  it("counts characters as Python does", () => {
    expect(issuesOf({ ...minimal, reasoning: "😀".repeat(2000) })).toEqual([]);
    expect(issuesOf({ ...minimal, reasoning: "😀".repeat(2001) })).toHaveLength(1);
  });

  it.each([
    [{}, "action", "action is required."],
    [{ action: "pay_now" }, "payload", "payload is required."],
    [{ action: "pay_now", payload: null }, "payload", "payload is required."],
    [{ ...minimal, input: {} }, "input", "input is an alias of payload; send one of the two."],
    [{ ...minimal, action: 5 }, "action", "action must be a string."],
    [{ ...minimal, payload: [] }, "payload", "payload must be a JSON object."],
    [{ ...minimal, payload: "x" }, "payload", "payload must be a JSON object."],
    [{ ...minimal, idempotency_key: "" }, "idempotency_key", "idempotency_key must have 1 to 256 characters."],
    [{ ...minimal, idempotency_key: "k".repeat(257) }, "idempotency_key", "idempotency_key must have 1 to 256 characters."],
    [{ ...minimal, reasoning: "r".repeat(2001) }, "reasoning", "reasoning must have at most 2000 characters."],
    [{ ...minimal, actor: "a".repeat(201) }, "actor", "actor must have at most 200 characters."],
    [{ ...minimal, source: { ref: "r".repeat(501) } }, "source.ref", "source.ref must have at most 500 characters."],
    [{ ...minimal, source: { url: "x" } }, "source.url", "source.url is not a field of this request. Remove it."],
    [{ ...minimal, source: "erp" }, "source", "source must be a JSON object."],
    [{ ...minimal, claim: {} }, "claim.worker", "claim.worker is required."],
    [{ ...minimal, claim: { worker: "" } }, "claim.worker", "claim.worker must have 1 to 200 characters."],
    [{ ...minimal, claim: { worker: "w", token: "short" } }, "claim.token", "claim.token must have 32 to 200 characters."],
    [{ ...minimal, claim: { worker: "w", lease_seconds: 4 } }, "claim.lease_seconds", "claim.lease_seconds must be at least 5."],
    [{ ...minimal, claim: { worker: "w", lease_seconds: 3601 } }, "claim.lease_seconds", "claim.lease_seconds must be at most 3600."],
    [{ ...minimal, claim: { worker: "w", lease_seconds: 5.5 } }, "claim.lease_seconds", "claim.lease_seconds must be a whole number."],
    [{ ...minimal, priority: 1 }, "priority", "priority is not a field of this request. Remove it."],
    [[], "", "The body must be a JSON object."],
  ])("refuses %j", (body, path, message) => {
    expect(issuesOf(body)).toContainEqual({ path, message });
  });

  it.each(["", "Pay", "pay-now", "1pay", "p", "pаy_now", "a".repeat(65)])("refuses the action name %j", (action) => {
    expect(issuesOf({ ...minimal, action })).toEqual([
      {
        path: "action",
        message: "action must be an action's name: a lower-case letter, then 1 to 63 lower-case letters, digits or underscores.",
      },
    ]);
  });
});
