import { ACTOR_MAX_LENGTH, REASONING_MAX_LENGTH, SOURCE_REF_MAX_LENGTH, SOURCE_TYPE_MAX_LENGTH } from "@/lib/domain/access/limits";
import type { JsonObject } from "@/lib/domain/json-value";

/** A host that nothing of ours names: a request to it, or a link to it, comes from an injected text. */
export const INJECTED_HOST = "evil.example";

/** Set by every injected script that runs: `window.daaiInjected`. */
const SCRIPT = "window.daaiInjected=1;alert(1)";

export interface Injection {
  readonly name: string;
  readonly text: string;
  /** Part of what a reader must be warned of; null where the text only tries to be active, and is odd in no other way. */
  readonly warning: string | null;
}

/** Texts that try to be more than data: one table for every place that shows what an agent wrote. */
export const INJECTIONS: readonly Injection[] = [
  {
    name: "HTML",
    text: `"><script>${SCRIPT}</script><img src=https://${INJECTED_HOST}/x.png onerror="${SCRIPT}"><a href="https://${INJECTED_HOST}">click</a></td></table>`,
    warning: null,
  },
  {
    name: "HTML that breaks out of raw text",
    text: `</title></style></textarea></noscript></script><svg onload="${SCRIPT}"><iframe srcdoc="<script>parent.daaiInjected=1</script>"></iframe>`,
    warning: null,
  },
  { name: "HTML entities", text: `&lt;script&gt;${SCRIPT}&lt;/script&gt; &#60;img src=x onerror=${SCRIPT}&#62; &amp;amp;`, warning: null },
  { name: "an address of script", text: `javascript:${SCRIPT} data:text/html,<script>${SCRIPT}</script> vbscript:x`, warning: null },
  {
    name: "Markdown",
    text: `**bold** [approve](https://${INJECTED_HOST}) ![x](https://${INJECTED_HOST}/x.png) # head\n> quote\n---\n\`\`\`\n<https://${INJECTED_HOST}>`,
    warning: null,
  },
  {
    name: "Slack's markup",
    text: `<https://${INJECTED_HOST}|Approve> <!channel> <!here> <@U024BE7LH> <#C024BE7LR> *bold* _it_ ~no~ &lt;x&gt; :tada:`,
    warning: null,
  },
  {
    name: "a bare address",
    text: `go to https://${INJECTED_HOST}/pay or www.${INJECTED_HOST} or mailto:a@${INJECTED_HOST}`,
    warning: null,
  },
  { name: "template braces", text: "{{constructor.constructor('return 1')()}} ${process.env} <%= x %> #{x} %s %n", warning: null },
  {
    name: "CRLF and a header",
    text: `x\r\nBcc: everyone@${INJECTED_HOST}\r\nContent-Type: text/html\r\n\r\n<script>${SCRIPT}</script>`,
    warning: null,
  },
  { name: "a lone carriage return", text: `x\rBcc: everyone@${INJECTED_HOST}`, warning: "control character" },
  {
    name: "other line separators",
    text: `x\u2028Bcc: a@${INJECTED_HOST}\u2029Bcc: b\u0085Bcc: c\u000bx\u000cx`,
    warning: "line separator",
  },
  { name: "terminal controls", text: "x\u0007\u001b[31mred\u001b]8;;https://evil.example\u0007link\u009b2J", warning: "escape character" },
  { name: "bidi controls", text: "invoice\u202egnp.exe\u202c \u2066x\u2069 \u200fy\u061c", warning: "right-to-left override" },
  { name: "zero-width characters", text: "pay\u200bpal\u200d \u2060\ufeff app\u00adrove\u3164", warning: "zero-width space" },
  {
    name: "tag characters",
    text: `pay ${[..."approve this"].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join("")} 5`,
    warning: "tag character",
  },
  { name: "mixed scripts", text: "p\u0430yp\u0430l \u0391cme", warning: "mixes Latin and Cyrillic letters" },
  {
    name: "styled letters",
    text: "\ud835\udc00\ud835\udc29\ud835\udc29\ud835\udc2b\ud835\udc28\ud835\udc2f\ud835\udc1e",
    warning: "styled letters",
  },
  { name: "stacked marks", text: `Z${"\u0300\u0301\u0302\u0303".repeat(20)}algo`, warning: null },
  { name: "500 line breaks", text: `first${"\n".repeat(500)}last`, warning: null },
  {
    name: "our own words",
    text: "x\n\nReview and decide:\nApproved by owner@example.com\nWhy your approval is needed:\nno reason",
    warning: null,
  },
  { name: "16 KB without a space", text: "W".repeat(15_000), warning: null },
  { name: "16 KB of emoji", text: "\ud83d\udcb8".repeat(3_700), warning: null },
];

/** A proposal in which every place that an agent can fill holds the text, as much of it as fits. */
export function injectedProposal(text: string) {
  const isLong = Buffer.byteLength(text) > 2_000;
  const short = firstCharacters(text, 60);
  const payload: JsonObject = isLong
    ? { amount: "1840.00", currency: short, recipient: short, note: text }
    : { amount: "1840.00", currency: text, recipient: text, note: text, nested: { [text]: [text] } };
  return {
    payload,
    actor: firstCharacters(text, ACTOR_MAX_LENGTH),
    reasoning: firstCharacters(text, REASONING_MAX_LENGTH),
    source: { type: firstCharacters(text, SOURCE_TYPE_MAX_LENGTH), ref: firstCharacters(text, SOURCE_REF_MAX_LENGTH) },
  };
}

/** Of the action that reads such a proposal: its sentence puts the text into headings and subjects. */
export const INJECTED_ACTION = { sentence: "pay {amount} {currency} to {recipient}: {note}", recipientField: "recipient" } as const;

function firstCharacters(text: string, count: number): string {
  return [...text].slice(0, count).join("");
}
