import { describe, expect, it } from "vitest";
import { ROLES } from "@/lib/domain/access/roles";
import { DECISION_CHANNELS } from "@/lib/domain/log/receipt-body";
import { POLICY_TYPES, readsAmount } from "@/lib/domain/policy/policies";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { WEBHOOK_KINDS } from "@/lib/domain/runs/webhook-events";
import { KEY_PREFIXES } from "@/lib/security/key-format";
import { getDb } from "./client";

/** The values that a CHECK allows: the texts in its definition. */
async function valuesOf(constraint: string): Promise<string[]> {
  const [row] = await getDb().$queryRaw<{ definition: string }[]>`
    SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = ${constraint} AND connamespace = current_schema()::regnamespace`;
  return [...(row?.definition ?? "").matchAll(/'([^']*)'::text/g)].map(([, value]) => value ?? "");
}

describe("the fixed sets of values in the database are those of the application", () => {
  it.each([
    ["policy_versions_type", POLICY_TYPES],
    ["registered_actions_risk", RISK_LEVELS],
    ["action_runs_statuses", [...GOVERNANCE_STATUSES, ...EXECUTION_STATUSES]],
    ["decisions_channel", DECISION_CHANNELS.filter((channel) => channel !== "policy")],
    ["members_role", ROLES],
    ["invitations_role", ROLES.filter((role) => role !== "owner")],
    ["webhook_endpoints_kind", WEBHOOK_KINDS],
    ["api_keys_kind", Object.keys(KEY_PREFIXES)],
  ] as const)("%s", async (constraint, values) => {
    expect([...new Set(await valuesOf(constraint))].sort()).toEqual([...values].sort());
  });

  it("exactly the policies that compare an amount have a threshold", async () => {
    const [requiring] = await valuesOf("policy_versions_threshold");
    expect(POLICY_TYPES.filter(readsAmount)).toEqual([requiring]);
  });
});
