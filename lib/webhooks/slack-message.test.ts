import { expect, test } from "vitest";
import { visibleText } from "@/lib/domain/text/hidden-characters";
import { INJECTED_HOST, INJECTIONS } from "@/lib/testing/injection-corpus";
import { slackMessage } from "./slack-message";

const URL = "https://console.example/workspaces/1/runs/2";
const NOTICE = { heading: "Approval needed: Pay supplier", summary: "Approval needed: pay_supplier", facts: ["High risk"], url: URL };
const LINK = `<${URL}|Open in the console>`;

function textsOf({ blocks }: ReturnType<typeof slackMessage>) {
  return blocks.flatMap((block) => ("elements" in block ? (block.elements ?? []) : [block.text]));
}

test.each(INJECTIONS)("what the agent writes is plain text, and marked: $name", ({ text: hostile, warning }) => {
  const message = slackMessage({ ...NOTICE, heading: `Approval needed: ${hostile}`, from: `${hostile} for you`, sentence: hostile });
  const texts = textsOf(message);
  // As Slack's reference has it: 3,000 characters in a text, 150 in a header.
  const headers = message.blocks.flatMap(({ type, text }) => (type === "header" && text ? [text.text] : []));
  expect(headers).toHaveLength(1);
  expect(headers[0]?.length).toBeLessThanOrEqual(150);
  for (const { type, text } of texts) {
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(3000);
    expect(text).toBe(visibleText(text));
    if (type === "mrkdwn") expect(text).toBe(LINK);
    else expect(text).not.toMatch(/[\r\n\t<>]|&(?!amp;|lt;|gt;)|:\/\/|www\.|mailto:|javascript:/);
  }
  expect(message.blocks.every((block) => (block.elements?.length ?? 1) <= 10)).toBe(true);
  expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThan(32_000);
  const warned = texts
    .filter(({ text }) => text.startsWith("Warning: "))
    .map(({ text }) => text)
    .join(" ");
  if (warning === null) expect(warned).toBe("");
  else expect(warned).toContain(warning);
  // Read as markup by Slack, so the console's own words alone.
  expect(message.text).toBe(NOTICE.summary);
});

test("a long text is cut where Slack still takes it, and every character is there before", () => {
  const [, section] = slackMessage({ ...NOTICE, from: "x", sentence: "<&>".repeat(1000) }).blocks;
  expect(section?.text?.text).toMatch(/^The agent wants to (?:&lt;&amp;&gt;)+(?:&lt;)?(?:&amp;)?…$/);
  const short = textsOf(slackMessage({ ...NOTICE, from: "x", sentence: `read https://${INJECTED_HOST} <!channel> @here` }));
  expect(short.map(({ text }) => text)).toContain(`The agent wants to read https[:]//${INJECTED_HOST} &lt;!channel&gt; @here`);
});
