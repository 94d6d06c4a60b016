import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ChangeDecision } from "@/components/approvals/decide/change-decision";
import { ConfirmDecision } from "@/components/approvals/decide/confirm-decision";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { approvalMessages } from "@/lib/email/approval-messages";
import { makeDecisionView } from "@/lib/testing/make-decision-view";
import { changeAnswer } from "./change-answer";
import { ChangedNotice } from "./changed-notice";

const HOSTILE = "<b>1480</b>\u202e";
const CHANGED: DecisionView["changed"] = {
  kind: "change",
  by: "ben@finance.example",
  at: new Date("2026-11-19T12:10:00.000Z"),
  reason: "“Less” is <i>enough</i>.",
  changes: [{ op: "replace", path: "/amount", value: HOSTILE }],
  payload: { amount: HOSTILE },
  proposedSentence: "refund 1,840.00 EUR",
  sentence: "refund 1,480.00 EUR",
};
const view = (different: Partial<DecisionView> = {}) =>
  makeDecisionView({ changed: CHANGED, proposed: { amount: "1840.00" }, ...different });
const changeable = [{ field: "amount", kind: "not_above" as const, value: "1840.00" }];

describe("a changed request", () => {
  it("shows who changed what and why, as data", () => {
    const html = renderToStaticMarkup(<ChangedNotice decision={view()} />);
    expect(html).toContain("Changed by ben@finance.example.");
    expect(html).toContain("&lt;b&gt;1480&lt;/b&gt;");
    expect(html).toContain("&lt;i&gt;enough&lt;/i&gt;");
    expect(html).toContain("U+202E");
    expect(html).not.toMatch(/<b>|<i>/);
    expect(html.indexOf("1840.00")).toBeLessThan(html.indexOf("1480"));
    expect(renderToStaticMarkup(<ChangedNotice decision={view({ changed: null })} />)).toBe("");
  });

  it("is told in its email", () => {
    const { changed } = approvalMessages(view(), { askReason: "changed", identicalCount: 0 });
    expect(changed).toBe(`ben@finance.example changed this request: amount: 1840.00 → ${HOSTILE}. Their reason: “${CHANGED.reason}”`);
    expect(approvalMessages(view({ changed: null }), { askReason: null, identicalCount: 0 }).changed).toBeNull();
  });

  it("binds an approval to what was shown, and a rejection to nothing", () => {
    const hidden = '<input type="hidden" name="payload_hash" value="0';
    expect(renderToStaticMarkup(<ConfirmDecision decision={view()} answer="approve" token="t" />)).toContain(hidden);
    expect(renderToStaticMarkup(<ConfirmDecision decision={view()} answer="reject" token="t" />)).not.toContain(hidden);
  });
});

describe("how a request can be answered with other values", () => {
  it.each([
    [{ changeable: [], acceptsChanges: true }, false, null],
    [{ changeable, acceptsChanges: true }, false, "approve"],
    [{ changeable, acceptsChanges: true }, true, null],
    [{ changeable, acceptsChanges: true, mayApprove: false }, false, null],
    [{ changeable, acceptsChanges: false }, false, "reject"],
    [{ changeable, acceptsChanges: false, mayApprove: false }, true, "reject"],
  ] as const)("%j, frozen: %s", (different, isFrozen, answer) => {
    expect(changeAnswer(view({ ...different, changeable: [...different.changeable] }), isFrozen)).toBe(answer);
  });

  it("has its fields, the reason and the checkbox in one form that needs no script", () => {
    const html = renderToStaticMarkup(
      <ChangeDecision decision={view({ changeable, payload: { amount: "1480" } })} answer="approve" token="tok" />,
    );
    expect(html).toMatch(/name="change:amount"[^>]*value="1480"|value="1480"[^>]*name="change:amount"/);
    for (const part of ['name="comment"', 'name="confirm"', 'name="step" value="change"', 'value="approve"']) expect(html).toContain(part);
  });
});
