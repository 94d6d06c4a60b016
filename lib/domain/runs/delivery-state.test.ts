import { expect, test } from "vitest";
import { DELIVERY_LABELS, DELIVERY_STATES, deliveryLabel, deliveryState } from "./delivery-state";

const MAIL = {
  status: "queued",
  notSentReason: null,
  provider: null,
  attempts: 0,
  deliveredAt: null,
  delayedAt: null,
  bouncedAt: null,
  complainedAt: null,
};
const at = new Date();

test.each([
  ["queued", {}],
  ["retrying", { attempts: 4, provider: "smtp" }],
  ["kept", { status: "sent", provider: "mailbox" }],
  ["sent", { status: "sent", provider: "smtp" }],
  ["delayed", { status: "sent", provider: "resend", delayedAt: at }],
  ["delivered", { status: "sent", provider: "resend", delayedAt: at, deliveredAt: at }],
  ["complained", { status: "sent", provider: "resend", deliveredAt: at, complainedAt: at }],
  ["bounced", { status: "sent", provider: "resend", complainedAt: at, bouncedAt: at }],
  ["not_sent", { status: "not_sent", notSentReason: "monthly_email_limit" }],
  ["not_needed", { status: "not_sent", notSentReason: "already_decided" }],
  ["not_needed", { status: "not_sent", notSentReason: "link_closed" }],
  ["dead", { status: "dead", attempts: 30 }],
] as const)("%s", (state, facts) => {
  expect(deliveryState({ ...MAIL, ...facts })).toBe(state);
});

test("a mail that fails and fails says how often", () => {
  expect(deliveryLabel("retrying", 1)).toBe("Email not sent after 1 attempt");
  expect(deliveryLabel("retrying", 4)).toBe("Email not sent after 4 attempts");
  expect(deliveryLabel("dead", 4)).toBe("Email failed");
});

test("each state has words of its own, and only what left is called sent", () => {
  expect(new Set(Object.values(DELIVERY_LABELS)).size).toBe(DELIVERY_STATES.length);
  expect(Object.entries(DELIVERY_LABELS).filter(([, words]) => words === "Email sent")).toEqual([["sent", "Email sent"]]);
});
