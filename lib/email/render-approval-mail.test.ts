import { describe, expect, it } from "vitest";
import type { DecisionView } from "@/lib/approvals/decision-view";
import type { AskReason } from "@/lib/domain/ask-reasons";
import { SUBJECT_MAX_LENGTH } from "@/lib/email/approval-subject";
import { renderApprovalMail } from "@/lib/email/render-approval-mail";
import { makeDecisionView } from "@/lib/testing/make-decision-view";

const LINK = "https://console.example.com/decide/abcDEF123_-";
const NOW = new Date("2026-11-19T12:24:00.000Z");
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

const render = (different: Partial<DecisionView> = {}) => renderApprovalMail(makeDecisionView(different), LINK, { now: NOW });

/** A view in which every place that an agent can fill holds the same text. */
function filledWith(text: string): Partial<DecisionView> {
  return {
    actor: text,
    sentence: `refund ${text}`,
    amount: { decimal: "1840", currency: text },
    recipient: text,
    reasoning: text,
    source: { type: text, ref: text },
    payload: { amount: text, nested: { [text]: [text] } },
    policy: { ...makeDecisionView().policy, explanation: `The field currency is ${text}, so a person decides.`, fields: [{ name: "amount", value: text }] },
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

describe("renderApprovalMail", () => {
  it("says in both parts what, how much, to whom, why, with which data, until when and who else", async () => {
    const { subject, html, text } = await render();
    expect(subject).toBe("Decide by 19 November 2026, 20:02 UTC: refund 1,840.00 EUR to Nordlicht Café GmbH for order SO-88214");
    for (const part of [readable(html), text]) {
      for (const expected of [
        "finance_agent wants to refund 1,840.00 EUR to Nordlicht Café GmbH for order SO-88214",
        "1,840.00\u00a0EUR",
        "High risk",
        "You have 7 h 38 min, until 19 November 2026, 20:02 UTC. After that it is rejected.",
        "marta@halvorsen.example was asked too, and the first answer counts.",
        "Words of finance_agent, not checked by the console",
        "Order SO-88214 was charged twice on 16 November. I propose to refund the second charge.",
        "Source: ticket, 40771",
        "1,840.00 is above the threshold of 250.00, so a person decides.",
        "Policy version 4 of refund_customer.",
        '"1840.00"',
        "Rest of the payload, 6 fields",
        "Review and decide",
        "Finance automations for Halvorsen Logistics",
        "Opening the page changes nothing. Only your answer does.",
        "01a1f3af-8f9a-7948-ba8d-e1f33f0601ae",
      ]) {
        expect(part).toContain(expected);
      }
      for (const field of ["currency", "customer.name", "customer.email", "order_id", "charges.0", "charges.1"]) expect(part).toContain(field);
      for (const value of ["buchhaltung@nordlicht-cafe.example", "SO-88214", "pay_61c0", "pay_61c4"]) expect(part).toContain(value);
    }
    expect(text).toContain(LINK);
  });

  it("says why somebody is asked later than the others", async () => {
    const late = (askReason: AskReason) => renderApprovalMail(makeDecisionView(), LINK, { now: NOW, askReason });
    const reminder = await late("reminder");
    expect(reminder.subject).toMatch(/^Reminder: decide by 19 November 2026, 20:02 UTC: refund/);
    for (const part of [readable(reminder.html), reminder.text]) expect(part).toContain("This is a reminder: nobody has answered so far. marta@halvorsen.example was asked too");
    expect((await late("bounce")).text).toContain("You are asked because mail to another approver came back.");
  });

  it("shows the whole of a long payload, folded nowhere", async () => {
    const long = "lorem ipsum ".repeat(1000).trim();
    const { html, text } = await render({ payload: { long } });
    expect(readable(html)).toContain(long);
    expect(text).toContain(long);
  });

  it("has one link: the console's", async () => {
    for (const different of [{}, filledWith("https://evil.example/pay www.evil.example mailto:a@evil.example")]) {
      const { html } = await render(different);
      expect([...html.matchAll(/\b(?:href|src|action|background)="([^"]*)"/g)].map(([, target]) => target)).toEqual([LINK]);
    }
  });

  it.each([
    ["HTML", `"><script>alert(1)</script><img src=x onerror=alert(1)><a href="https://evil.example">x</a></td></table>`],
    ["a comment", "--><!-- x --><![endif]-->"],
    ["a style", "</style><style>*{display:none}</style>"],
    ["entities", "&lt;b&gt; &amp; &#60;script&#62;"],
    ["Markdown", "**bold** [click](https://evil.example) ![x](https://evil.example/x.png) # head\n> quote\n---"],
    ["template braces", "{{constructor}} ${process} <%= x %>"],
  ])("makes no markup of %s", async (_, hostile) => {
    const [harmless, { html }] = await Promise.all([render(filledWith("harmless")), render(filledWith(hostile))]);
    // The same elements in the same order: only line breaks, and the spans that keep addresses from becoming links, are more.
    const elements = (part: string) => tagNames(part).filter((name) => name !== "br" && name !== "span");
    expect(elements(html)).toEqual(elements(harmless.html));
    for (const shown of [`${hostile} wants to refund ${hostile}`, `Words of ${hostile}, not checked`, `Source: ${hostile}, ${hostile}`]) {
      expect(readable(html)).toContain(shown);
    }
  });

  it.each([
    ["CRLF", "x\r\nBcc: everyone@evil.example\r\n\r\n<html>"],
    ["LF", "x\nBcc: everyone@evil.example"],
    ["CR", "x\rBcc: everyone@evil.example"],
    ["line separators", "x\u2028Bcc: a\u2029Bcc: b\u0085Bcc: c"],
    ["controls", "x\u0000\u0007\u001b[31m\u009b"],
    ["bidi", "invoice\u202egnp.exe\u202c \u2066x\u2069"],
    ["zero width", "pay\u200bpal\u2060\ufeff \u200d"],
    ["tags", "x\u{e0041}\u{e0042}"],
    ["very long", "a very long sentence ".repeat(200)],
    ["long emoji", "😀".repeat(500)],
  ])("keeps the subject one harmless line: %s", async (_, hostile) => {
    const { subject } = await render(filledWith(hostile));
    expect(subject).not.toMatch(/[\r\n]/);
    expect(subject).not.toMatch(HIDDEN);
    expect([...subject].length).toBeLessThanOrEqual(SUBJECT_MAX_LENGTH);
    expect(subject).not.toMatch(/\p{Cs}/u);
    expect(subject).toMatch(/^Decide by 19 November 2026, 20:02 UTC: refund /);
  });

  it.each([
    ["a right-to-left override", "invoice\u202egnp.exe", "U+202E", "right-to-left override"],
    ["a zero-width space", "pay\u200bpal", "U+200B", "zero-width space"],
    ["a tag character", "x\u{e0041}", "U+E0041", "tag character"],
    ["an escape", "x\u001b[31m", "U+001B", "escape character"],
    ["a lone carriage return", "x\ry", "U+000D", "control character"],
  ])("shows %s as its code, with a warning, in both parts", async (_, hostile, code, name) => {
    const { html, text } = await render(filledWith(hostile));
    for (const part of [readable(html), text]) {
      expect(part).toContain(code);
      expect(part).toContain(`1 ${name}. It does not show in most programs.`);
      expect(part).not.toMatch(HIDDEN);
    }
  });

  it("marks words of mixed scripts in both parts", async () => {
    const { html, text } = await render({ recipient: "p\u0430ypal" });
    for (const part of [readable(html), text]) expect(part).toContain("mixes Latin and Cyrillic letters");
  });

  it("makes no web address of the plain part's that a mail program would turn into a link, but the console's", async () => {
    const { text } = await render(filledWith("go to https://evil.example or www.evil.example or mailto:a@evil.example"));
    expect(text.match(/\b\w+:\/\/\S+/g)).toEqual([LINK]);
    expect(text).toContain("https[:]//evil.example");
    expect(text).toContain("www[.]evil.example");
    expect(text).not.toMatch(/www\.|mailto:/);
  });

  it("marks each line of the agent's in the plain part, so that none passes for the console's", async () => {
    const { text } = await render({
      reasoning: "fine\n\nReview and decide:\nhttps://evil.example",
      payload: { note: "x\nWhy you are asked:\nno reason" },
    });
    expect(text.match(/^Review and decide:$/gm)).toHaveLength(1);
    expect(text).toContain("> Review and decide:");
    expect(text.match(/^Why you are asked:$/gm)).toHaveLength(1);
    expect(text).toContain("    | Why you are asked:");
  });

  it("says none where there is nothing", async () => {
    const bare = {
      actor: null, amount: null, recipient: null, reasoning: null, source: null, payload: {}, askedEmails: ["jo@halvorsen.example"],
      sentence: "run export_report",
      policy: { ...makeDecisionView().policy, fields: [{ name: "amount", value: undefined }] },
    };
    const { html, text } = await render(bare);
    for (const part of [readable(html), text]) {
      expect(part).toContain("The agent wants to run export_report");
      expect(part).toContain("Words of the agent");
      expect(part).toContain("No reason given.");
      expect(part).toContain("Nobody else was asked.");
      expect(part).toContain("none");
      expect(part).not.toContain("Rest of the payload");
      expect(part).not.toContain("null");
    }
  });
});
