import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { AskReason } from "@/lib/domain/policy/ask-reasons";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { possessive } from "@/lib/domain/text/possessive";
import { INJECTIONS } from "@/lib/testing/injection-corpus";
import { makeDecisionView } from "@/lib/testing/make-decision-view";
import { SUBJECT_MAX_LENGTH } from "./approval-subject";
import { renderApprovalMail } from "./render-approval-mail";

const LINK = "https://console.example.com/decide/abcDEF123_-";
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const render = (different: Partial<DecisionView> = {}) => renderApprovalMail(makeDecisionView(different), LINK);

/** A view in which every place that an agent or a person can fill holds the same text. */
function filledWith(text: string): Partial<DecisionView> {
  return {
    workspace: { name: text, clientName: text },
    actor: text,
    sentence: `refund ${text}`,
    amount: { decimal: "1840", currency: text },
    recipient: text,
    reasoning: text,
    source: { type: text, ref: text },
    payload: { amount: text, nested: { [text]: [text] } },
    policy: {
      ...makeDecisionView().policy,
      explanation: `The field currency is ${text}, so a person decides.`,
      fields: [{ name: "amount", value: text }],
    },
  };
}

/** What a reader sees of the document: no tags, no comments, no style sheet, entities decoded. */
function readable(html: string): string {
  return html
    .replace(/<head>.*<\/head>/s, "")
    .replace(/<!--.*?-->/gs, "")
    .replace(/<br\s*\/?>/g, "\n")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");
}

/** The tags of a document without their attributes' values, in order. */
const tagNames = (html: string) => [...html.matchAll(/<\/?([a-zA-Z][\w-]*)/g)].map(([, name]) => name?.toLowerCase());

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

  it("shows the whole of a long payload, folded nowhere", async () => {
    const long = "lorem ipsum ".repeat(1000).trim();
    const { html, text } = await render({ payload: { long } });
    expect(readable(html)).toContain(long);
    expect(text).toContain(long);
  });

  it("leaves out what a mail program would cut off, says how much, and keeps its end", async () => {
    const { html, text } = await render({
      payload: Object.fromEntries(Array.from({ length: 280 }, (_, n) => [`field_${n}`, `value ${n}`])),
    });
    for (const part of [readable(html), text]) {
      expect(part).toContain("Rest of the payload, 280 fields");
      expect(part).toContain("value 0");
      expect(part).toMatch(/… and \d{3} more fields on the page/);
      expect(part).toContain("Do not forward it. Run ID 01a1f3af-8f9a-7948-ba8d-e1f33f0601ae");
    }
  });

  it("is small enough for every mail program, whatever the payload, the names and the addresses", { timeout: 120_000 }, async () => {
    const hostile = fc.constantFrom(
      ...INJECTIONS.map(({ text }) => text),
      "\u200b",
      "a.",
      "p\u0430y ",
      "\n",
      "<&'\"",
      "\u{e0041}",
      "x@y.z ",
      "W",
      "1.1.1.1 ",
      "https://a.b/ ",
    );
    const long = (most: number) =>
      fc.array(hostile, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join("").repeat(most).slice(0, most));
    const payload = fc.oneof(
      long(16_000).map((text) => ({ text })),
      fc
        .tuple(fc.integer({ min: 2, max: 800 }), hostile)
        .map(([count, text]) =>
          Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}${text.slice(0, 20)}`, text.slice(0, 16_000 / count)])),
        ),
    );
    const view = fc.record({ payload, text: long(2_000), value: long(16_000) }).map(({ payload, text, value }) => ({
      ...filledWith(text),
      payload,
      sentence: value,
      workspace: { name: text.slice(0, 100), clientName: text.slice(0, 100) },
      askedEmails: Array.from({ length: 40 }, (_, n) => `${"a.".repeat(100)}${n}@${"x.".repeat(20)}example`),
      policy: {
        ...makeDecisionView().policy,
        explanation: value,
        fields: [
          { name: "amount", value },
          { name: "x".repeat(200), value: text },
        ],
      },
    }));
    await fc.assert(
      fc.asyncProperty(view, async (different) => {
        const { html, text } = await render(different);
        expect(Buffer.byteLength(html)).toBeLessThanOrEqual(90 * 1024);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(90 * 1024);
        for (const part of [readable(html), text]) expect(part).toContain("Do not forward it. Run ID 01a1f3af-8f9a-7948-ba8d-e1f33f0601ae");
        expect(text).toContain(LINK);
      }),
      { numRuns: 12 },
    );
  });

  it.each(INJECTIONS)("shows it as data in both parts, marked, and makes nothing of it: $name", async ({ text: hostile, warning }) => {
    const [harmless, { subject, html, text }] = await Promise.all([render(filledWith("harmless")), render(filledWith(hostile))]);
    // The subject is one line, no longer than a subject may be, and ends with the deadline.
    expect(subject).toMatch(/^Approval needed: refund .* \(by 19 Nov, 20:02 UTC\)$/);
    expect(subject).not.toMatch(HIDDEN);
    expect([...subject].length).toBeLessThanOrEqual(SUBJECT_MAX_LENGTH);
    // One link in each part: the console's.
    expect([...html.matchAll(/\b(?:href|src|action|background)="([^"]*)"/g)].map(([, target]) => target)).toEqual([LINK]);
    expect(text.match(/\b\w+:\/\/\S+/g)).toEqual([LINK]);
    expect(text).not.toMatch(/www\.|mailto:|javascript:/);
    // The same elements in the same order; line breaks, codes and warnings are more, and so are the spans that keep addresses from becoming links.
    const elements = (part: string) =>
      tagNames(part.replaceAll(/<p class="warn".*?<\/p>/gs, "")).filter((name) => name !== "br" && name !== "span");
    expect(elements(html)).toEqual(elements(harmless.html));
    const { segments } = inspectText(hostile.replaceAll("\r\n", "\n"));
    for (const part of [readable(html), text]) {
      expect(part.replaceAll("\n", "")).not.toMatch(HIDDEN);
      for (const segment of segments) if ("code" in segment) expect(part).toContain(segment.code);
      if (warning !== null) expect(part).toContain(warning);
    }
    if (segments.length === 1 && !hostile.includes("\n") && hostile.length < 1_000) {
      for (const shown of [
        `${hostile} wants to refund ${hostile}`,
        `In ${possessive(hostile)} words, not verified`,
        `Source: ${hostile}, ${hostile}`,
      ])
        expect(readable(html)).toContain(shown);
    }
  });

  it("breaks web addresses visibly in the plain part", async () => {
    const { text } = await render(filledWith("go to https://evil.example or www.evil.example"));
    expect(text).toContain("https[:]//evil.example");
    expect(text).toContain("www[.]evil.example");
  });

  it("marks each line of the agent's in the plain part, so that none passes for the console's", async () => {
    const { text } = await render({
      reasoning: "fine\n\nReview and decide:\nhttps://evil.example",
      payload: { note: "x\nWhy your approval is needed:\nno reason" },
    });
    expect(text.match(/^Review and decide:$/gm)).toHaveLength(1);
    expect(text).toContain("> Review and decide:");
    expect(text.match(/^Why your approval is needed:$/gm)).toHaveLength(1);
    expect(text).toContain("    | Why your approval is needed:");
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
