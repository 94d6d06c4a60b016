import { expect, test } from "vitest";
import { notEvaluatedText, shadowAnswerText, shadowEndText, versionsText } from "./shadow-messages";

test.each([
  [{ outcome: "blocked", isSame: false }, "It would have blocked this run. The policy decided otherwise."],
  [{ outcome: "pending_approval", isSame: true }, "It would have required approval for this run, like the policy."],
  [{ outcome: null, isSame: false }, "It couldn’t be evaluated for this run."],
] as const)("%o: %s", (answer, text) => {
  expect(shadowAnswerText(answer)).toBe(text);
});

test("says who ended it, what has changed since it began, and what has no answer", () => {
  expect(shadowEndText({ reason: "stopped", by: "ann@example.com" })).toBe("Stopped by ann@example.com");
  expect(shadowEndText({ reason: "in_force", by: null })).toBe("Put in force by the operator");
  expect(versionsText({ then: 2, now: 2 })).toBe("");
  expect(versionsText({ then: 2, now: 3 })).toContain("It was started under policy version 2. Version 3 is in force now.");
  expect(notEvaluatedText(0)).toBe("");
  expect(notEvaluatedText(1)).toBe("1 run couldn’t be compared: the shadow policy couldn’t be evaluated.");
});
