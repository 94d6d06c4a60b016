import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { DecisionView } from "@/lib/domain/runs/decision-view";
import { inspectText } from "@/lib/domain/text/hidden-characters";
import { possessive } from "@/lib/domain/text/possessive";
import { INJECTIONS } from "@/lib/testing/injection-corpus";
import { readable } from "@/lib/testing/mail/readable-mail";
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

/** The tags of a document without their attributes' values, in order. */
const tagNames = (html: string) => [...html.matchAll(/<\/?([a-zA-Z][\w-]*)/g)].map(([, name]) => name?.toLowerCase());

// The first rendering loads the templates.
beforeAll(() => import("./approval-mail"), 60_000);

describe("renderApprovalMail", () => {
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
});
