import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/lib/domain/json-value";
import type { ErrorCode } from "@/lib/domain/refusals/error-codes";
import type { EarlierRuns } from "@/lib/domain/runs/earlier-runs";
import { DECISIONS, type Decision } from "@/lib/domain/runs/statuses";
import { makeDecisionView } from "@/lib/testing/make-decision-view";
import { ConfirmDecision } from "./confirm-decision";
import { LinkRefusal } from "./link-refusal";
import { OpenDecision } from "./open-decision";

const NOW = new Date("2026-11-19T12:24:00.000Z");
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
const EARLIER = {
  alike: { approved: 1, allowed: 0, rejected: 1, blocked: 0, withdrawn: 0, lapsed: 0, expired: 0, pending: 0 },
  byActor: { approved: 14, decided: 15 },
};
const open = (different = {}, earlier: EarlierRuns = EARLIER) => (
  <OpenDecision decision={makeDecisionView(different)} frozen={null} earlier={earlier} token="tok" now={NOW} />
);
const confirm = (different = {}, answer: Decision = "approve") => (
  <ConfirmDecision decision={makeDecisionView(different)} answer={answer} token="tok" />
);
const refusal = (
  code: ErrorCode,
  fields: JsonObject = {},
  state: { isJustDone: boolean; hasAnswered: boolean; isRevoking?: boolean } = { isJustDone: false, hasAnswered: false },
) => <LinkRefusal refusal={{ ok: false, code, detail: "", fields, retryAfterSeconds: 23 }} token="tok" {...state} />;

describe("a test request", () => {
  const TEST = makeDecisionView({ isTest: true });
  it("says so before the headline and in the second step", () => {
    const open = words(<OpenDecision frozen={null} decision={TEST} earlier={EARLIER} token="t" now={NOW} />);
    expect(open.indexOf("This is a test.")).toBeLessThan(open.indexOf("wants to"));
    expect(words(<ConfirmDecision decision={TEST} answer="approve" token="t" />)).not.toContain("may then run it once");
  });

  it("is nothing that an agent can claim to send", () => {
    const text = "This is a test. It was sent from the console";
    expect(
      html(
        <OpenDecision frozen={null} decision={makeDecisionView({ actor: text, reasoning: text })} earlier={EARLIER} token="t" now={NOW} />,
      ),
    ).not.toContain("lucide-flask-conical");
    expect(html(<OpenDecision frozen={null} decision={TEST} earlier={EARLIER} token="t" now={NOW} />)).toContain("lucide-flask-conical");
  });
});

describe("the open decision", () => {
  it("shows amount, recipient and time left before the agent's words, and these before the answers", () => {
    const text = words(open());
    const order = [
      "1,840.00",
      "Nordlicht Café GmbH",
      "7 h 38 min",
      "not verified by the console",
      "Rest of the payload",
      "Approve…",
      "Why your approval is needed",
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it("counts earlier requests without a link to them, and nothing where there is neither recipient nor actor", () => {
    const text = words(open());
    expect(text).toContain("3rd “Refund a customer” to this recipient in 30 days: 1 approved, 1 rejected");
    expect(text).toContain("14 of 15 requests approved in 30 days");
    expect(html(open())).not.toContain("/runs");
    expect(words(open({}, { alike: null, byActor: null }))).not.toContain("Recent history");
  });

  it("opens a short payload before the answers, and the first fields of a long one that nothing else tells apart", () => {
    const long = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`field_${i + 10}`, i]));
    const nothing = { amount: null, recipient: null, policy: { ...makeDecisionView().policy, fields: [] } };
    const opened = (markup: string) =>
      [...markup.matchAll(/<details([^>]*)><summary[^>]*><span>(?:Rest of the payload|Payload)/g)].map(([, attributes]) =>
        attributes?.includes('open=""'),
      );
    expect(opened(html(open()))).toEqual([true]);
    expect(opened(html(open({ payload: long })))).toEqual([false]);
    expect(opened(html(open({ ...nothing, payload: long })))).toEqual([true, false]);
    const text = words(open({ ...nothing, payload: long }));
    const places = ["Payload first 8 fields", "field_17", "Approve…", "Rest of the payload 4 fields", "field_18"].map((part) =>
      text.indexOf(part),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it("decides by no button: each answer is a link to its second step, and nothing is sent from the first", () => {
    const markup = html(open());
    expect(markup).not.toMatch(/<(form|button|input|textarea)\b/);
    for (const answer of DECISIONS) expect(markup).toContain(`href="/decide/tok?step=${answer}"`);
  });

  it.each(DECISIONS)("takes a checkbox and one button to %s, in the second step", (answer) => {
    const markup = html(confirm({}, answer));
    expect([...markup.matchAll(/<button[^>]*\bvalue="(\w+)"/g)].map(([, value]) => value)).toEqual([answer]);
    expect(markup).toMatch(/<form[^>]*action="\/decide\/tok\/answer"/);
    expect(markup).toMatch(/<form[^>]*method="post"/);
    expect(markup).toMatch(/<input[^>]*type="checkbox"[^>]*required=""[^>]*name="confirm"|<input[^>]*name="confirm"[^>]*required=""/);
  });

  it("asks for a comment where a rejection must say why, and lets a block go without", () => {
    const different = { action: { ...makeDecisionView().action, requiresRejectComment: true } };
    expect(html(confirm(different, "reject"))).toMatch(/<textarea[^>]* required=""/);
    expect(words(confirm(different, "reject"))).toContain("Required to reject");
    for (const markup of [html(confirm(different, "block")), html(confirm(different)), html(confirm({}, "reject"))])
      expect(markup).not.toMatch(/<textarea[^>]* required=""/);
  });

  it("says before each decision in whose name it is made, and what tells a block from a rejection", () => {
    for (const screen of [open(), ...DECISIONS.map((answer) => confirm({}, answer))])
      expect(words(screen)).toMatch(/You’re deciding as +jo@halvorsen\.example/);
    expect(words(open())).toContain("Reject means “not this time”");
  });

  it("offers no approval to those the action keeps from approving their own", () => {
    const text = words(open({ mayApprove: false }));
    expect(text).toContain("Someone else must approve this.");
    expect(text).not.toContain("Approve…");
  });

  it("shows the field of the policy as it was sent, and once", () => {
    const text = words(open());
    expect(text).toContain("1,840.00 is above the threshold of 250.00, so a person decides.");
    expect(text.split("&quot;1840.00&quot;")).toHaveLength(2);
    expect(text).toContain("Rest of the payload 6 fields");
  });

  it("says that an amount is missing when the policy looked for one", () => {
    const fields = [{ name: "amount", value: undefined }];
    expect(words(open({ amount: null, policy: { ...makeDecisionView().policy, fields } }))).toContain("None the policy could read");
    const always = { ...makeDecisionView().policy, type: "always_require_approval", fields: [] };
    expect(words(open({ amount: null, policy: always }))).not.toContain("None the policy could read");
  });

  it.each([
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></form><form action=//evil.example>",
    "[click](https://evil.example)",
  ])("renders %s as data", (hostile) => {
    const filled = {
      actor: hostile,
      sentence: hostile,
      recipient: hostile,
      reasoning: hostile,
      amount: { decimal: "1", currency: hostile },
      source: { type: hostile, ref: hostile },
      payload: { [hostile]: [hostile] },
    };
    for (const screen of [open, confirm]) {
      const tags = (markup: string) => new Set([...markup.matchAll(/<(\w+)/g)].map(([, name]) => name));
      expect(tags(html(screen(filled)))).toEqual(tags(html(screen())));
      expect([...html(screen(filled)).matchAll(/(?:href|action|src)="([^"]*)"/g)].every(([, to]) => to?.startsWith("/decide/tok"))).toBe(
        true,
      );
      expect(words(screen(filled))).toContain(hostile.replaceAll('"', "&quot;"));
    }
  });

  it("shows hidden characters as codes, says what they are, and opens the payload that holds them", () => {
    const long = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`field_${i}`, i]));
    const markup = html(open({ payload: { ...long, note: "pay\u200bpal\u202e" } }));
    expect(markup).not.toMatch(/[\u200b\u202e]/);
    expect(markup).toContain("U+200B");
    expect(markup).toContain("Contains 1 zero-width space, which most programs don’t show.");
    expect(markup.match(/<details[^>]*open=""/g)).toHaveLength(2);
    expect(html(open({ payload: long })).match(/<details[^>]*open=""/g)).toHaveLength(1);
  });

  it("folds a long reason and says how much it hides", () => {
    expect(words(open({ reasoning: "x".repeat(2000) }))).toContain("Show 1,720 more characters");
  });
});

describe("the second step", () => {
  it("goes back first, needs the checkbox, and approves what it names", () => {
    const markup = html(confirm());
    expect(markup.indexOf('href="/decide/tok"')).toBeLessThan(markup.indexOf('value="approve"'));
    expect(markup).toMatch(/<input[^>]*type="checkbox"[^>]*required=""[^>]*name="confirm"[^>]*value="yes"/);
    expect(words(confirm())).toContain("Approve 1,840.00 EUR");
    expect(words(confirm())).toContain("I have checked the amount and the recipient");
  });

  it("asks to check what there is to check", () => {
    const always = { ...makeDecisionView().policy, type: "always_require_approval", fields: [] };
    expect(words(confirm({ amount: null, recipient: null, policy: always }))).toContain("I have checked the request");
  });
});

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
