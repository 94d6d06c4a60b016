import { randomBytes } from "node:crypto";
import { z } from "zod";
import { admin } from "./admin";

export interface DemoWorkspace {
  readonly id: string;
  readonly owner: string;
  readonly approver: string;
  readonly apiKey: string;
  readonly workspaceKey: string;
}

const ACTIONS: readonly { name: string; asks: string; options: readonly string[] }[] = [
  {
    name: "send_invoice_reminder",
    asks: "requires approval above 500",
    options: [
      "--policy",
      "require_approval_above_amount",
      "--threshold",
      "500",
      "--sentence",
      "remind {customer} of {amount} {currency} for {reference}",
    ],
  },
  {
    name: "refund_customer",
    asks: "always asks a person",
    options: ["--policy", "always_require_approval", "--risk", "high", "--sentence", "refund {amount} {currency} to {customer}"],
  },
  { name: "export_report", asks: "always allowed", options: ["--policy", "always_allow", "--risk", "low"] },
  { name: "delete_customer", asks: "always blocked", options: ["--policy", "always_block", "--risk", "critical"] },
];

/** What the demo registers, for people. */
export const ACTION_LINES = ACTIONS.map(({ name, asks }) => `${name.padEnd(24)}${asks}`);

const created = z.object({ workspace_id: z.string(), api_key: z.string(), workspace_key: z.string() });

/** A workspace of an owner of its own, who has no limits, with the demo's four actions. */
export async function makeWorkspace(): Promise<DemoWorkspace> {
  const tag = randomBytes(4).toString("hex");
  const owner = `demo-${tag}@example.com`;
  const approver = `approver-${tag}@example.com`;
  const workspace = await admin(created, "workspace", "create", "--owner", owner, "--name", "Accounts receivable", "--client", "Demo");
  await admin(z.unknown(), "limits", "set", "--owner", owner, "--plan", "unlimited");
  for (const { name, options } of ACTIONS) {
    await admin(
      z.unknown(),
      "action",
      "register",
      "--workspace",
      workspace.workspace_id,
      "--name",
      name,
      "--approver",
      approver,
      ...options,
    );
  }
  return { id: workspace.workspace_id, owner, approver, apiKey: workspace.api_key, workspaceKey: workspace.workspace_key };
}
