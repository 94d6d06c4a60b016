import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { outcomeTable } from "./outcome-table";

const RUN = { action_run_id: "1", governance_reason: "", in_doubt: false, execution_receipt_id: null } as const;
const PROPOSAL = {
  event: "proposed",
  governance_status: "",
  governance_reason: "",
  may_run: false,
  error: null,
  is_replay: false,
} as const;

test("runs stand under their action, amounts as they were sent", () => {
  const table = outcomeTable(
    [
      { ...PROPOSAL, key: "remind:INV-1", amount: "500.00" },
      { ...PROPOSAL, key: "refund:INV-2", amount: null },
    ],
    [
      {
        ...RUN,
        action: "remind",
        idempotency_key: "remind:INV-1",
        governance_status: "allowed",
        execution_status: "executed",
        receipt_id: "019a",
      },
      {
        ...RUN,
        action: "refund",
        idempotency_key: "refund:INV-2",
        governance_status: "pending_approval",
        execution_status: "not_executed",
        receipt_id: null,
      },
    ],
  );
  expect(stripVTControlCharacters(table).split("\n")).toEqual([
    "  Invoice  Amount  Governance        Execution     Receipt",
    "",
    "  remind",
    "  INV-1    500.00  allowed           executed      019a",
    "",
    "  refund",
    "  INV-2         –  pending_approval  not_executed  –",
  ]);
});
