import { getDb } from "@/lib/db/client";
import { databaseNow, inTransaction, rollBack } from "@/lib/db/transaction";
import type { JsonObject } from "@/lib/domain/json-value";
import type { PolicyRule } from "@/lib/domain/policy/policy-types";
import type { RiskLevel } from "@/lib/domain/policy/risk-levels";
import { SIGNAL_POLICIES } from "@/lib/domain/policy/signals";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import { type ActionWithPolicy, listActions } from "@/lib/registered-actions/list-actions";
import { policyRuleOf } from "@/lib/registered-actions/policy-rule";
import { registerAction } from "@/lib/registered-actions/register-action";
import { setActionActive } from "@/lib/registered-actions/set-action-active";
import { type WorkspaceContext, withDb } from "@/lib/security/context";
import { CommandError, requireOk } from "@/scripts/admin/command-error";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { CATALOG, type CatalogAction, randomAmount, UNKNOWN_ACTION } from "./catalog";
import { CUSTOMERS } from "./people";
import type { SeededRandom } from "./seeded-random";

/** An action as the seed proposes runs of it. */
export interface SeedAction {
  /** null: nobody has registered it. */
  readonly id: string | null;
  readonly name: string;
  readonly title: string | null;
  readonly sentence: string | null;
  readonly weight: number;
  readonly isActive: boolean;
  readonly riskLevel: RiskLevel | null;
  readonly recipientField: string | null;
  readonly approverEmails: readonly [string, ...string[]];
  readonly windowMinutes: number;
  readonly policy: { readonly id: string; readonly version: number; readonly rule: PolicyRule } | null;
  readonly payload: CatalogAction["payload"];
}

/** Where a history takes place. */
export interface SeedWorld {
  readonly workspaceId: string;
  readonly apiKeyId: string;
  readonly actions: readonly SeedAction[];
  /** The end of the history: later than this nothing has happened. */
  readonly until: Date;
}

/** The workspace with its actions; with those of the catalog if it has none. */
export async function openWorld(workspaceId: string, until: Date | undefined): Promise<SeedWorld> {
  const ctx = await requireWorkspace(workspaceId);
  const { owner, apiKeys, ...workspace } = await getDb().workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    include: { owner: true, apiKeys: { where: { kind: "api" }, orderBy: { createdAt: "desc" }, take: 1 } },
  });
  if (!apiKeys[0]) throw new CommandError("The workspace has no API key that could have proposed anything: make one with api-key create.");
  let actions = await listActions(ctx);
  if (actions.length === 0) {
    await registerCatalog(ctx);
    actions = await listActions(ctx);
  }
  const lastApprovers = workspace.approverEmails.length > 0 ? workspace.approverEmails : [owner.email];
  return {
    workspaceId,
    apiKeyId: apiKeys[0].id,
    actions: [...actions.map((action) => seedAction(action, lastApprovers)), unknownAction(owner.email)],
    until: until ?? (await databaseNow(getDb())),
  };
}

function seedAction(action: ActionWithPolicy, lastApprovers: string[]): SeedAction {
  const known = CATALOG.find(({ settings }) => settings.name === action.name);
  const [first = "", ...others] = action.approverEmails.length > 0 ? action.approverEmails : lastApprovers;
  const rule = policyRuleOf(action.policy);
  return {
    id: action.id,
    name: action.name,
    title: action.title,
    sentence: action.sentence,
    weight: known?.weight ?? 10,
    isActive: action.isActive,
    riskLevel: action.riskLevel,
    recipientField: action.recipientField,
    approverEmails: [first, ...others],
    windowMinutes: action.approvalWindowMinutes ?? getEnv().DAAI_APPROVAL_WINDOW_MINUTES,
    policy: { id: action.policy.id, version: action.policy.version, rule },
    payload: known?.payload ?? plainPayload(rule, action.recipientField),
  };
}

function unknownAction(ownerEmail: string): SeedAction {
  return {
    id: null,
    title: null,
    sentence: null,
    ...UNKNOWN_ACTION,
    isActive: false,
    riskLevel: null,
    recipientField: null,
    approverEmails: [ownerEmail],
    windowMinutes: 0,
    policy: null,
  };
}

/** Payloads for an action that the catalog does not know: with what its policy looks at, where the policy looks. */
function plainPayload(rule: PolicyRule, recipientField: string | null): (random: SeededRandom) => JsonObject {
  return (random) => {
    const payload: JsonObject = { reference: `REF-${random.integer(10_000, 99_999)}` };
    put(payload, rule.amountField, randomAmount(random));
    put(payload, rule.currencyField, random.chance(0.9) ? (rule.currency ?? "EUR") : "USD");
    put(payload, recipientField ?? "recipient", random.pick(CUSTOMERS));
    for (const { field, asksWhen } of Object.values(SIGNAL_POLICIES)) put(payload, field, random.chance(0.15) === asksWhen);
    return payload;
  };
}

/** Writes a value at a dotted path. A path that leads through another's value is left out. */
function put(payload: JsonObject, path: string, value: JsonObject[string]): void {
  const names = path.split(".");
  const last = names.pop() ?? path;
  let inner = payload;
  for (const name of names) {
    const next = (inner[name] ??= {});
    if (typeof next !== "object" || next === null || Array.isArray(next)) return;
    inner = next;
  }
  inner[last] ??= value;
}

/** Registers every action of the catalog, or none. */
async function registerCatalog(ctx: WorkspaceContext): Promise<void> {
  const outcome = await inTransaction<{ ok: true } | Refusal>(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    for (const { settings, isRetired } of CATALOG) {
      const registered = await registerAction(inner, settings);
      if (!registered.ok) return rollBack(registered);
      if (isRetired) await setActionActive(inner, { name: settings.name, isActive: false });
    }
    return { ok: true };
  });
  requireOk(outcome);
}
