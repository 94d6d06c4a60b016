import { beforeAll, describe, expect, it } from "vitest";
import type { AskReason } from "@/lib/domain/policy/ask-reasons";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { readable } from "@/lib/testing/mail/readable-mail";
import { makeDecisionView } from "@/lib/testing/make-decision-view";
import { renderApprovalMail } from "./render-approval-mail";

const LINK = "https://console.example.com/decide/abcDEF123_-";

const render = (different: Partial<DecisionView> = {}) => renderApprovalMail(makeDecisionView(different), LINK);

// The first rendering loads the templates.
beforeAll(() => import("./approval-mail"), 60_000);

describe("renderApprovalMail", () => {
  it("says of a test, and of nothing else, that nothing will run, in the subject and first in both parts", async () => {
    const SENTENCE = "This is a test, sent from the console to try the action. Nothing runs, whatever you decide.";
    const { subject, html, text } = await render({ isTest: true });
    expect(subject).toMatch(/^Test request: refund 1,840\.00 EUR/);
    expect(text.startsWith(SENTENCE)).toBe(true);
    expect(readable(html).indexOf(SENTENCE)).toBeLessThan(readable(html).indexOf("wants to"));
    const real = await render();
    expect(`${real.subject} ${real.text} ${readable(real.html)}`).not.toMatch(/test/i);
  });

  it("says in both parts from whom the request was reassigned, in one sentence", async () => {
    const reassigned = makeDecisionView({ takenOverFrom: "ann@example.com" });
    const { html, text } = await renderApprovalMail(reassigned, LINK, { askReason: "reassignment" });
    for (const part of [readable(html), text]) expect(part).toContain("This request was reassigned to you from ann@example.com.");
    expect((await render()).text).not.toContain("reassigned");
  });

  it("says in both parts what, how much, to whom, why, with which data, until when and who else", async () => {
    const { subject, html, text } = await render();
    expect(subject).toBe("Approval needed: refund 1,840.00 EUR to Nordlicht Café GmbH for order SO-88214 (by 19 Nov, 20:02 UTC)");
    for (const part of [readable(html), text]) {
      for (const expected of [
        "finance_agent wants to refund 1,840.00 EUR to Nordlicht Café GmbH for order SO-88214",
        "1,840.00\u00a0EUR",
        "High risk",
        "Decide by 19 November 2026, 20:02 UTC, or the request is rejected.",
        "marta@halvorsen.example was also asked. The first decision counts.",
        "In finance_agent’s words, not verified by the console",
        "Order SO-88214 was charged twice on 16 November. I propose to refund the second charge.",
        "Source: ticket, 40771",
        "1,840.00 is above the threshold of 250.00, so a person decides.",
        "Policy version 4 of refund_customer.",
        '"1840.00"',
        "Rest of the payload, 6 fields",
        "Review and decide",
        "Finance automations for Halvorsen Logistics",
        "Opening the page changes nothing; only your decision does. You’re deciding as jo@halvorsen.example.",
        "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae",
      ]) {
        expect(part).toContain(expected);
      }
      for (const field of ["currency", "customer.name", "customer.email", "order_id", "charges.0", "charges.1"])
        expect(part).toContain(field);
      for (const value of ["buchhaltung@nordlicht-cafe.example", "SO-88214", "pay_61c0", "pay_61c4"]) expect(part).toContain(value);
    }
    expect(text).toContain(LINK);
  });

  it("has a subject of its own for every run: what differs, and the id where nothing does", async () => {
    const bare = { action: { ...makeDecisionView().action, title: "Delete a record" }, sentence: "delete a record" };
    const subjectOf = async (id: number) => (await render({ ...bare, payload: { table: "contacts", id } })).subject;
    expect(await subjectOf(4)).toBe("Approval needed: delete a record, table: contacts, id: 4 (by 19 Nov, 20:02 UTC)");
    expect(await subjectOf(5)).not.toBe(await subjectOf(4));
    const twin = await renderApprovalMail(makeDecisionView(), LINK, { hasTwin: true });
    expect(twin.subject).toMatch(/ \(by 19 Nov, 20:02 UTC, run …0601ae\)$/);
  });

  it("says why somebody is asked later than the others", async () => {
    const late = (askReason: AskReason) => renderApprovalMail(makeDecisionView(), LINK, { askReason });
    const reminder = await late("reminder");
    expect(reminder.subject).toMatch(/^Reminder: refund 1,840.00 EUR to .* SO-88214 \(by 19 Nov, 20:02 UTC\)$/);
    for (const part of [readable(reminder.html), reminder.text])
      expect(part).toContain("This is a reminder: nobody has decided yet. marta@halvorsen.example was also asked.");
    expect((await late("bounce")).text).toContain("You’re receiving this because an email to another approver bounced.");
  });

  it("says none where there is nothing", async () => {
    const bare = {
      actor: null,
      amount: null,
      recipient: null,
      reasoning: null,
      source: null,
      payload: {},
      askedEmails: ["jo@halvorsen.example"],
      sentence: "run export_report",
      policy: { ...makeDecisionView().policy, fields: [{ name: "amount", value: undefined }] },
    };
    const { html, text } = await render(bare);
    for (const part of [readable(html), text]) {
      expect(part).toContain("The agent wants to run export_report");
      expect(part).toContain("In the agent’s words");
      expect(part).toContain("No reason given.");
      expect(part).toContain("Nobody else was asked.");
      expect(part).toContain("none");
      expect(part).not.toContain("Rest of the payload");
      expect(part).not.toContain("null");
    }
  });
});
