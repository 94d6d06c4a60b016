import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { EarlierRuns } from "@/lib/domain/runs/earlier-runs";
import { DECISIONS, type Decision } from "@/lib/domain/runs/statuses";
import { makeDecisionView } from "@/lib/testing/make-decision-view";
import { ConfirmDecision } from "./confirm-decision";
import { OpenDecision } from "./open-decision";

const NOW = new Date("2026-11-19T12:24:00.000Z");

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
  <OpenDecision
    frozen={null}
    decision={makeDecisionView(different)}
    earlier={earlier}
    identicalCount={0}
    isGrantOffered={false}
    token="tok"
    now={NOW}
  />
);
const confirm = (different = {}, answer: Decision = "approve") => (
  <ConfirmDecision decision={makeDecisionView(different)} answer={answer} token="tok" />
);

describe("a test request", () => {
  const TEST = makeDecisionView({ isTest: true });
  it("says so before the headline and in the second step", () => {
    const open = words(
      <OpenDecision frozen={null} decision={TEST} earlier={EARLIER} identicalCount={0} isGrantOffered={false} token="t" now={NOW} />,
    );
    expect(open.indexOf("This is a test.")).toBeLessThan(open.indexOf("wants to"));
    expect(words(<ConfirmDecision decision={TEST} answer="approve" token="t" />)).not.toContain("may then run it once");
  });

  it("is nothing that an agent can claim to send", () => {
    const text = "This is a test. It was sent from the console";
    expect(
      html(
        <OpenDecision
          frozen={null}
          decision={makeDecisionView({ actor: text, reasoning: text })}
          earlier={EARLIER}
          identicalCount={0}
          isGrantOffered={false}
          token="t"
          now={NOW}
        />,
      ),
    ).not.toContain("lucide-flask-conical");
    expect(
      html(<OpenDecision frozen={null} decision={TEST} earlier={EARLIER} identicalCount={0} isGrantOffered={false} token="t" now={NOW} />),
    ).toContain("lucide-flask-conical");
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
