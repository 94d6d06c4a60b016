import { getDb } from "@/lib/db/client";
import { makeAction, proposeOk, type TestWorkspace } from "@/lib/testing/factories";

const APPROVERS = ["somebody@example.com"];

/** A critical and a low-risk action. */
export async function withActions(workspace: TestWorkspace): Promise<void> {
  await makeAction(workspace, {
    name: "pay_supplier",
    title: "Pay supplier",
    riskLevel: "critical",
    sentence: "pay {amount} {currency} to {supplier}",
    recipientField: "supplier",
    approverEmails: APPROVERS,
  });
  await makeAction(workspace, {
    name: "refund",
    title: "Refund",
    riskLevel: "low",
    sentence: "refund {amount} {currency} to {customer}",
    recipientField: "customer",
    requiresRejectComment: true,
    approverEmails: APPROVERS,
  });
}

export const pay = async (workspace: TestWorkspace, amount: string, supplier = "Baltic Freight") =>
  (
    await proposeOk(workspace, {
      action: "pay_supplier",
      actor: "finance_agent",
      reasoning: "It is due.",
      payload: { amount, currency: "EUR", supplier },
    })
  ).action_run_id;
export const refund = async (workspace: TestWorkspace, amount: string, customer = "Nordlicht") =>
  (await proposeOk(workspace, { action: "refund", actor: "support_agent", payload: { amount, currency: "EUR", customer } })).action_run_id;

export const runOf = (id: string) => getDb().actionRun.findUniqueOrThrow({ where: { id } });
