import { describe, expect, test } from "vitest";
import { checkOutcome, type Outcome } from "./check-outcome";
import type { DemoRun } from "./list-demo-runs";
import type { Proposal } from "./start-python";

const SMALL = "send_invoice_reminder:INV-1";
const LARGE = "send_invoice_reminder:INV-2";
const DELETION = "delete_customer:INV-3";

function proposal(key: string, changes: Partial<Proposal> = {}): Proposal {
  const allowed = {
    event: "proposed",
    key,
    amount: "500",
    governance_status: "allowed",
    governance_reason: "",
    may_run: true,
    error: null,
    is_replay: false,
  } as const;
  return { ...allowed, ...changes };
}

function run(key: string, changes: Partial<DemoRun> = {}): DemoRun {
  const executed = {
    governance_status: "allowed",
    governance_reason: "",
    execution_status: "executed",
    in_doubt: false,
    receipt_id: "r",
    execution_receipt_id: "e",
  } as const;
  return { action_run_id: key, action: key.split(":")[0] ?? "", idempotency_key: key, ...executed, ...changes };
}

const mail = (key: string) => ({ key, recipient: "a@example.com", subject: "" });
const REFUSED = { governance_status: "blocked", execution_status: "not_executed", execution_receipt_id: null } as const;
const PENDING = {
  governance_status: "pending_approval",
  execution_status: "not_executed",
  receipt_id: null,
  execution_receipt_id: null,
} as const;

/** One small reminder sent, one large approved and sent, one deletion refused. */
const PROPOSALS = [
  proposal(SMALL),
  proposal(LARGE, { amount: "500.01", governance_status: "pending_approval", may_run: false }),
  proposal(DELETION, { governance_status: "blocked", may_run: false }),
];
const GOOD: Outcome = {
  proposals: PROPOSALS,
  repeated: PROPOSALS.map((one) => ({ ...one, is_replay: true, may_run: false })),
  runs: [run(SMALL), run(LARGE, { governance_status: "approved" }), run(DELETION, REFUSED)],
  mails: [mail(SMALL), mail(LARGE)],
};

/** The promises that are broken, by how they begin. */
function brokenBy(changes: Partial<Outcome>): string[] {
  return checkOutcome({ ...GOOD, ...changes })
    .filter(({ broken }) => broken.length > 0)
    .map(({ promise }) => promise.split(" ").slice(0, 2).join(" "));
}

test("a good outcome keeps every promise", () => {
  expect(brokenBy({})).toEqual([]);
});

describe("what goes wrong is found:", () => {
  test.each<[string, Partial<Outcome>, string]>([
    ["a second run of a proposal", { runs: [...GOOD.runs, run(SMALL)] }, "Every proposal"],
    ["a run that nobody proposed", { runs: [...GOOD.runs, run("export_report:x", REFUSED)] }, "Every proposal"],
    ["a large amount that ran at once", { proposals: [proposal(LARGE, { amount: "500.01" }), ...PROPOSALS] }, "Reminders up"],
    ["an unreadable amount that ran at once", { proposals: [proposal(LARGE, { amount: "1,00" }), ...PROPOSALS] }, "Reminders up"],
    ["a refund that ran at once", { proposals: [proposal("refund_customer:INV-4"), ...PROPOSALS] }, "Refunds asked"],
    ["an unknown action that was allowed", { proposals: [proposal("sell_house:INV-4"), ...PROPOSALS] }, "Refunds asked"],
    ["a mail that was sent twice", { mails: [...GOOD.mails, mail(LARGE)] }, "The sent"],
    ["a mail that was not sent", { mails: [mail(SMALL)] }, "The sent"],
    ["a mail that belongs to no run", { mails: [...GOOD.mails, mail("x:y")] }, "The sent"],
    ["a refused run that was executed", { mails: [...GOOD.mails, mail(DELETION)] }, "Nothing rejected,"],
    ["a run that was never reported", { runs: [run(SMALL, { execution_status: "awaiting_execution_report" })] }, "Everything allowed"],
    ["a run in doubt", { runs: [run(SMALL, { in_doubt: true })] }, "Everything allowed"],
    ["a decision without a receipt", { runs: [run(SMALL, { receipt_id: null })] }, "Every final"],
    ["a receipt without a decision", { runs: [run(LARGE, { ...PENDING, receipt_id: "r" })] }, "Every final"],
    ["a report without a receipt", { runs: [run(SMALL, { execution_receipt_id: null })] }, "Every final"],
    ["a proposal that was new the second time", { repeated: PROPOSALS }, "The agent"],
    ["a proposal that was not repeated", { repeated: [] }, "The agent"],
  ])("%s", (_, changes, promise) => {
    expect(brokenBy(changes)).toContain(promise);
  });
});
