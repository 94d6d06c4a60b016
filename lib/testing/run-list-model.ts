import fc from "fast-check";
import { v7 as uuidv7 } from "uuid";
import type { RunOrder } from "@/lib/action-runs/list/run-candidates";
import type { RunFilter } from "@/lib/action-runs/list/run-filter";
import { getDb } from "@/lib/db/client";
import { compareDecimals } from "@/lib/domain/policy/amounts";
import { type ExecutionFilter } from "@/lib/domain/runs/run-search";
import { MINUTE_MS } from "@/lib/domain/time/units";
import { makeAction, type TestWorkspace } from "./factories";

export const RUNS = 400;
export const START = Date.UTC(2026, 5, 1);
export const ACTIONS = ["pay_invoice", "refund_customer", "delete_ledger"] as const;
const ACTORS = ["finance_agent", "support_agent", null] as const;
const CURRENCIES = ["EUR", "USD", null] as const;
const AMOUNTS = [null, "0", "10", "10.5", "99.99", "100000000000000000000.25"] as const;
const WORDS = ["café", "INV-100%", "two words", "back\\slash"] as const;
const STATES = [
  ["allowed", "awaiting_execution_report"],
  ["allowed", "in_doubt"],
  ["allowed", "executed"],
  ["approved", "failed"],
  ["approved", "executed"],
  ["pending_approval", "not_executed"],
  ["rejected", "not_executed"],
  ["blocked", "not_executed"],
] as const;

/** A run as the list should find it. */
export interface ModelRun {
  id: string;
  at: number;
  action: string;
  actor: string | null;
  amount: string | null;
  currency: string | null;
  governance: (typeof STATES)[number][0];
  execution: ExecutionFilter;
  text: string;
}

/** What a list with this filter holds, in its order. */
export function expectedIds(model: readonly ModelRun[], given: RunFilter, { sort, direction }: RunOrder): string[] {
  const amount = ({ amount }: ModelRun) => amount;
  const compare = (a: ModelRun, b: ModelRun) => (sort === "amount" ? compareAmounts(amount(a), amount(b)) : 0) || (a.id < b.id ? -1 : 1);
  const sorted = model.filter((run) => matches(model, run, given)).toSorted(compare);
  return (direction === "asc" ? sorted : sorted.toReversed()).map(({ id }) => id);
}

function compareAmounts(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return compareDecimals(a, b);
}

function matches(model: readonly ModelRun[], run: ModelRun, given: RunFilter): boolean {
  const anyOf = (values: readonly string[] | undefined, value: string | null) =>
    !values || values.length === 0 || (value !== null && values.includes(value));
  const range = (min: string | null | undefined, max: string | null | undefined) =>
    (!min || (run.amount !== null && compareDecimals(run.amount, min) >= 0)) &&
    (!max || (run.amount !== null && compareDecimals(run.amount, max) <= 0));
  const words = given.text ? given.text.toLowerCase().split(" ") : [];
  const isIdSearch = model.some(({ id }) => given.text && id.startsWith(given.text));
  const all = `${run.id} ${run.action} ${run.actor ?? ""} ${run.text}`.toLowerCase();
  return (
    anyOf(given.governance, run.governance) &&
    anyOf(given.execution, run.execution) &&
    anyOf(given.actions, run.action) &&
    anyOf(given.actors, run.actor) &&
    (!given.createdFrom || run.at >= given.createdFrom.getTime()) &&
    (!given.createdBefore || run.at < given.createdBefore.getTime()) &&
    range(given.amountMin, given.amountMax) &&
    (!given.currency || run.currency === given.currency) &&
    (isIdSearch ? run.id.startsWith(given.text ?? "") : words.every((word) => all.includes(word)))
  );
}

/** Runs a minute apart, in every state, straight into the table. */
export async function writeRuns({ ctx, workspaceId }: TestWorkspace, seed: number): Promise<ModelRun[]> {
  for (const name of ACTIONS) await makeAction({ ctx } as TestWorkspace, { name });
  const db = getDb();
  const actionIds = new Map((await db.registeredAction.findMany({ where: { workspaceId } })).map(({ name, id }) => [name, id]));
  const { id: apiKeyId } = await db.apiKey.findFirstOrThrow({ where: { workspaceId, kind: "api" } });
  const pick = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;
  const runs = fc
    .sample(fc.array(fc.nat(1_000_000), { minLength: 6, maxLength: 6 }), { numRuns: RUNS, seed })
    .map(([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0], index): ModelRun => {
      const [governance, execution] = pick(STATES, a);
      const at = START + index * MINUTE_MS;
      return {
        id: uuidv7({ msecs: at }),
        at,
        action: pick(ACTIONS, b),
        actor: pick(ACTORS, c),
        amount: pick(AMOUNTS, d),
        currency: pick(CURRENCIES, e),
        governance,
        execution,
        text: pick(WORDS, f),
      };
    });
  await db.actionRun.createMany({
    data: runs.map((run) => {
      const isPending = run.governance === "pending_approval";
      const isReported = run.execution === "executed" || run.execution === "failed";
      return {
        id: run.id,
        workspaceId,
        apiKeyId,
        actionName: run.action,
        actionId: actionIds.get(run.action) ?? null,
        governanceStatus: run.governance,
        governanceReason: "policy_always_allow",
        executionStatus: run.execution === "in_doubt" ? "awaiting_execution_report" : run.execution,
        actor: run.actor,
        amount: run.amount,
        currency: run.currency,
        recipient: null,
        sentence: `run ${run.action}`,
        payloadText: JSON.stringify({ note: run.text }).replaceAll("\\\\", "\\"),
        payload: {},
        payloadHash: new Uint8Array(32),
        payloadSalt: new Uint8Array(32),
        createdAt: new Date(run.at),
        expiresAt: isPending ? new Date(run.at + MINUTE_MS) : null,
        decidedAt: isPending ? null : new Date(run.at),
        executionReportedAt: isReported ? new Date(run.at) : null,
        ...(run.execution === "in_doubt" && { claimWorker: "w", claimTokenHash: new Uint8Array(32), claimExpiresAt: new Date(run.at) }),
      };
    }),
  });
  return runs;
}
