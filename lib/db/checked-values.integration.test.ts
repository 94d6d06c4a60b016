import { describe, expect, it } from "vitest";
import { KEY_KINDS } from "@/lib/api-keys/schema";
import { MANAGEMENT_SCOPE_NAMES } from "@/lib/domain/access/management-scopes";
import { ROLES } from "@/lib/domain/access/roles";
import { BACKTEST_STATUSES } from "@/lib/domain/backtests/backtest";
import {
  BUDGET_EFFECTS,
  BUDGET_ENTRY_STATES,
  BUDGET_MEASURES,
  BUDGET_PERIODS,
  BUDGET_PERS,
  BUDGET_UNREADABLES,
} from "@/lib/domain/budgets/budget";
import { GRANT_END_REASONS } from "@/lib/domain/grants/grant";
import { COMMAND_CHANNELS } from "@/lib/domain/log/freeze-receipt-body";
import { DECISION_CHANNELS, RECEIPT_KINDS } from "@/lib/domain/log/receipt-body";
import { POLICY_OUTCOMES } from "@/lib/domain/policy/policy";
import { PROPOSAL_KINDS, PROPOSAL_STATUSES } from "@/lib/domain/policy/policy-proposals";
import { POLICY_TYPES, readsAmount } from "@/lib/domain/policy/policy-types";
import { RISK_LEVELS } from "@/lib/domain/policy/risk-levels";
import { SHADOW_END_REASONS } from "@/lib/domain/policy/shadow-policy";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { TEST_KEY_KIND } from "@/lib/domain/runs/test-requests";
import { WEBHOOK_KINDS } from "@/lib/domain/runs/webhook-events";
import { showsWhole } from "@/lib/domain/text/display-name";
import { getDb } from "./client";

/** The values that a CHECK allows: the texts in its definition, or in the condition of the function that checks it and names it. */
async function valuesOf(constraint: string): Promise<string[]> {
  const [row] = await getDb().$queryRaw<{ definition: string }[]>`
    SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = ${constraint} AND connamespace = current_schema()::regnamespace
    UNION ALL
    SELECT condition FROM pg_proc, regexp_split_to_table(prosrc, 'IF ') AS condition
    WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'daai_check_%' AND condition LIKE '%THEN%broken := ' || quote_literal(${constraint}) || ';%'`;
  const [condition = ""] = (row?.definition ?? "").split("THEN\n    broken");
  return [...condition.matchAll(/'([^']*)'/g)].map(([, value]) => value ?? "");
}

describe("the fixed sets of values in the database are those of the application", () => {
  it.each([
    ["policy_versions_type", POLICY_TYPES],
    ["registered_actions_risk", RISK_LEVELS],
    ["action_runs_statuses", [...GOVERNANCE_STATUSES, ...EXECUTION_STATUSES]],
    ["decisions_channel", DECISION_CHANNELS.filter((channel) => channel !== "policy")],
    ["backtests_status", BACKTEST_STATUSES],
    ["shadow_policies_end_reason", SHADOW_END_REASONS],
    ["shadow_answers_policy_outcome", POLICY_OUTCOMES],
    ["shadow_answers_outcome", POLICY_OUTCOMES],
    ["policy_proposals_kind", PROPOSAL_KINDS],
    ["policy_proposals_status", PROPOSAL_STATUSES],
    ["budgets_measure", BUDGET_MEASURES],
    ["budgets_per", BUDGET_PERS],
    ["budgets_period", BUDGET_PERIODS],
    ["budgets_when_exceeded", BUDGET_EFFECTS],
    ["budget_entries_state", BUDGET_ENTRY_STATES],
    ["budget_entries_unreadable", BUDGET_UNREADABLES],
    ["standing_grants_ended", GRANT_END_REASONS],
    ["receipts_kind", RECEIPT_KINDS],
    ["members_role", ROLES],
    ["invitations_role", ROLES.filter((role) => role !== "owner")],
    ["webhook_endpoints_kind", WEBHOOK_KINDS],
    ["freezes_channel", COMMAND_CHANNELS],
    ["freezes_thaw_channel", COMMAND_CHANNELS],
    ["management_keys_scopes", MANAGEMENT_SCOPE_NAMES],
    ["api_keys_kind", [...KEY_KINDS, TEST_KEY_KIND]],
  ] as const)("%s", async (constraint, values) => {
    expect([...new Set(await valuesOf(constraint))].sort()).toEqual([...values].sort());
  });

  it("a name shows whole by the same characters", async () => {
    // The first plane, the parts of others in which something is hidden, and what stands beside these.
    const codes = [
      [1, 0xd7ff],
      [0xe000, 0xe001],
      [0xf8fe, 0x10200],
      [0x11080, 0x110d0],
      [0x13420, 0x13450],
      [0x1bc90, 0x1bcb0],
      [0x1d160, 0x1d190],
      [0x1f300, 0x1f6ff],
      [0xdfff0, 0xe0200],
      [0xe0ff0, 0xe1010],
      [0xefff0, 0xf0010],
      [0xffff0, 0x100010],
      [0x10fff0, 0x10ffff],
    ].flatMap(([from = 0, to = 0]) => Array.from({ length: to - from + 1 }, (_, place) => from + place));
    const refused = await getDb().$queryRaw<{ code: number }[]>`
      SELECT code FROM unnest(${codes}::int[]) WITH ORDINALITY AS all_codes(code, place) WHERE NOT daai_shows_whole('a' || chr(code) || 'b') ORDER BY place`;
    const hidden = codes.filter((code) => {
      const name = `a${String.fromCodePoint(code)}b`;
      return /[\r\n\t]/.test(name) || !showsWhole(name);
    });
    // The two that join the parts of an emoji: the application alone sees whether they do.
    expect(refused.map(({ code }) => code)).toEqual(hidden.filter((code) => code !== 0x200d && code !== 0xfe0f));
  });

  it("exactly the policies that compare an amount have a threshold", async () => {
    const [requiring] = await valuesOf("policy_versions_threshold");
    expect(POLICY_TYPES.filter(readsAmount)).toEqual([requiring]);
  });
});
