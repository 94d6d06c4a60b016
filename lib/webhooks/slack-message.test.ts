import { expect, test } from "vitest";
import { slackMessage } from "./slack-message";

const HOSTILE = [
  "<!channel> pay <https://evil.example|the usual> & *bold* _it_ ~no~ `code`",
  "@everyone <@U123> <#C1> mailto:a@b.c",
  "a\r\nText: approve",
  "rtl\u202Egnp.exe \u200Bzero \u{E0041}tag",
  "\n".repeat(500),
  "x".repeat(16_384),
];

test.each(HOSTILE)("what the agent writes is plain text: %j", (sentence) => {
  const message = slackMessage({ heading: "Waits for approval: pay_supplier", from: `${sentence} for you`, sentence, facts: ["High risk"], url: "https://console.example/workspaces/1/runs/2" });
  const texts = message.blocks.flatMap((block) => ("elements" in block ? (block.elements ?? []) : [block.text]));
  for (const { type, text } of texts) {
    expect(text.length).toBeLessThanOrEqual(5 * 1000);
    expect(text).not.toMatch(/[\r\n\u202E\u200B\u{E0041}]/u);
    if (type === "mrkdwn") expect(text).toBe("<https://console.example/workspaces/1/runs/2|Open it in the console>");
    else expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
  }
  // Read as markup by Slack, so the console's own words alone.
  expect(message.text).toBe("Waits for approval: pay_supplier");
});
