import { describe, expect, test } from "vitest";
import { alikeLabel, byActorLabel } from "./earlier-runs-labels";

const none = { approved: 0, allowed: 0, rejected: 0, blocked: 0, withdrawn: 0, lapsed: 0, expired: 0, pending: 0 };

describe("what a reviewer reads about earlier runs", () => {
  test.each([
    [none, "First “Refund” to this recipient in 30 days"],
    [{ ...none, approved: 1 }, "2nd “Refund” to this recipient in 30 days: 1 approved"],
    [{ ...none, approved: 1, rejected: 1 }, "3rd “Refund” to this recipient in 30 days: 1 approved, 1 rejected"],
    [
      { approved: 4, allowed: 3, rejected: 1, blocked: 1, withdrawn: 2, lapsed: 1, expired: 1, pending: 2 },
      "16th “Refund” to this recipient in 30 days: 4 approved, 3 allowed without asking, 1 rejected, 1 blocked, 2 withdrawn, 1 approved and lapsed, 1 expired, 2 pending approval",
    ],
    [{ ...none, allowed: 20 }, "21st “Refund” to this recipient in 30 days: 20 allowed without asking"],
    [
      { ...none, allowed: 99, pending: 1 },
      "More than 100 “Refund” to this recipient in 30 days. Last 100: 99 allowed without asking, 1 pending approval",
    ],
  ])("%j for the same recipient", (alike, label) => expect(alikeLabel("Refund", alike)).toBe(label));

  test.each([
    [{ approved: 0, decided: 0 }, "no requests decided in 30 days"],
    [{ approved: 1, decided: 1 }, "1 of 1 request approved in 30 days"],
    [{ approved: 14, decided: 15 }, "14 of 15 requests approved in 30 days"],
    [{ approved: 96, decided: 100 }, "96 of the last 100 requests approved"],
  ])("%j by the same actor", (byActor, label) => expect(byActorLabel(byActor)).toBe(label));
});
