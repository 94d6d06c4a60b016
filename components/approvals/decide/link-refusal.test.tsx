import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import type { ErrorCode } from "@/lib/domain/refusals/error-codes";
import { LinkRefusal } from "./link-refusal";

const SUMMARY = {
  sentence: "refund 1,840.00 EUR to Nordlicht Café GmbH",
  approver: "jo@halvorsen.example",
  asked: ["jo@halvorsen.example", "marta@halvorsen.example"],
  asked_at: "2026-11-19T12:02:00.000Z",
  action_title: "Refund a customer",
  workspace_name: "Finance automations",
  client_name: "Halvorsen Logistics",
};
const DECIDED = {
  decided_by: "marta@halvorsen.example",
  decided_at: "2026-11-19T13:24:00.000Z",
  decision: "approved",
  governance_reason: "approved_by_human",
  comment: "Matches the <b>ledger</b>.",
  execution_status: "awaiting_execution_report",
  summary: SUMMARY,
};

const html = (node: ReactNode) => renderToStaticMarkup(node);
const words = (node: ReactNode) =>
  html(node)
    .replace(/<[^>]+>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replace(/\s+/g, " ");
const refusal = (
  code: ErrorCode,
  fields: JsonObject = {},
  state: { isJustDone: boolean; hasAnswered: boolean; isRevoking?: boolean } = { isJustDone: false, hasAnswered: false },
) => <LinkRefusal refusal={{ ok: false, code, detail: "", fields, retryAfterSeconds: 23 }} token="tok" {...state} />;

describe("a link with nothing to decide", () => {
  it("reveals nothing about an unknown link", () => {
    const text = words(refusal("invalid_link"));
    expect(text).toContain("This link isn’t valid");
    expect(text).not.toContain("Halvorsen");
  });

  it("says who decided earlier, and that a late decision was not recorded", () => {
    const text = words(refusal("already_decided", DECIDED, { isJustDone: false, hasAnswered: true }));
    expect(text).toMatch(/Already approved by\s+marta@halvorsen\.example/);
    expect(text).toContain("Your decision wasn’t recorded.");
    expect(text).toContain("Matches the <b>ledger</b>.");
    expect(words(refusal("already_decided", DECIDED))).not.toContain("Your decision wasn’t recorded.");
  });

  it.each([
    ["approved", "awaiting_execution_report", "Halvorsen Logistics’ app may now run it once, and will report what happened."],
    ["approved", "executed", "Halvorsen Logistics’ app has reported that it ran."],
    ["approved", "failed", "Halvorsen Logistics’ app has reported that it failed."],
    ["approved", "not_executed", "This was a test from the console, so nothing will run."],
    ["rejected", "not_executed", "Nothing will run. The agent will see your decision and your comment."],
    ["blocked", "not_executed", "Nothing will run. The agent will see your decision and your comment."],
  ])("confirms what was %s and is %s", (decision, execution_status, expected) => {
    const text = words(refusal("link_used", { ...DECIDED, decision, execution_status }, { isJustDone: true, hasAnswered: false }));
    expect(text).toContain(`You ${decision} this action`);
    expect(text).toContain(expected);
    expect(words(refusal("link_used", { ...DECIDED, decision, execution_status }))).toContain("You’ve already decided");
  });

  it.each([
    ["approved", false, "Changed by the approver"],
    ["rejected", true, "Proposed instead"],
  ])("says whose values are shown with what was %s", (decision, is_proposal, expected) => {
    const summary = { ...SUMMARY, changes: [{ field: "amount", before: "1840.00", after: "1480" }], is_proposal };
    const text = words(refusal("link_used", { ...DECIDED, decision, summary }));
    expect(text).toMatch(new RegExp(`${expected} amount .*1840\\.00.*1480`));
    expect(words(refusal("link_used", { ...DECIDED, decision }))).not.toContain(expected);
  });

  it("names everybody who approved it where several had to", () => {
    const approvals = { stage: 2, stages: 2, required: 1, given: 1, by: ["jo@halvorsen.example"] };
    const summary = { ...SUMMARY, approvals, approved_by: ["ann@example.com", "jo@halvorsen.example"] };
    const text = words(refusal("link_used", { ...DECIDED, summary }));
    expect(text).toMatch(/All approvals given\s+ann@example\.com\s+jo@halvorsen\.example \(you\)/);
    expect(words(refusal("link_used", DECIDED))).not.toContain("Approvals");
  });

  it("offers the approver, and nobody else, to revoke an approval that nobody has claimed", () => {
    const revocable = { ...DECIDED, can_revoke: true };
    expect(html(refusal("link_used", revocable))).toContain('href="/decide/tok?step=revoke"');
    for (const closed of [refusal("link_used", DECIDED), refusal("already_decided", revocable)])
      expect(html(closed)).not.toContain("step=revoke");
    const state = { isJustDone: false, hasAnswered: false, isRevoking: true };
    const markup = html(refusal("link_used", revocable, state));
    expect([...markup.matchAll(/<button[^>]*\bvalue="(\w+)"/g)].map(([, value]) => value)).toEqual(["revoke"]);
    expect(markup).toMatch(/<form[^>]*action="\/decide\/tok\/answer"/);
    // The app claimed it first: nothing to confirm anymore.
    expect(html(refusal("link_used", DECIDED, state))).not.toContain("<form");
    expect(words(refusal("link_used", DECIDED, { isJustDone: false, hasAnswered: true }))).toContain("wasn’t revoked");
  });

  it.each([
    ["already_decided", "withdrawn", null, "This request was withdrawn", "The app withdrew it"],
    ["link_used", "withdrawn", "dev@halvorsen.example", "This request was withdrawn", "dev@halvorsen.example withdrew it"],
    ["already_decided", "approval_revoked", "marta@halvorsen.example", "The approval was revoked", "marta@halvorsen.example revoked it"],
    ["link_used", "approval_revoked", "jo@halvorsen.example", "You revoked your approval", "You revoked it"],
  ] as const)(
    "says of a request that ended (%s, %s) who ended it, and that nothing will run",
    (code, governance_reason, by, title, who) => {
      const text = words(
        refusal(code, { ...DECIDED, decision: "rejected", governance_reason, decided_by: by, execution_status: "not_executed" }),
      );
      expect(text).toContain(title);
      expect(text.replace(/\s+/g, " ")).toContain(who);
      expect(text.toLowerCase()).toContain("nothing will run");
    },
  );

  it("says when it expired, when to come back, and that the database is away", () => {
    const expired = words(refusal("link_expired", { expired_at: "2026-11-19T20:02:00.000Z", summary: SUMMARY }));
    expect(expired).toContain("Rejected, expired");
    expect(expired).toContain("19 November 2026, 20:02 UTC");
    expect(words(refusal("too_many_link_attempts"))).toContain("in 23 seconds");
    expect(words(refusal("database_unavailable"))).toContain("The console can’t reach its database");
    expect(words(refusal("internal_error"))).toContain("The console couldn’t show this page");
  });
});
