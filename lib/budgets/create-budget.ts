import { v7 as uuidv7 } from "uuid";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import { actorName } from "@/lib/members/actor-name";
import type { WorkspaceContext } from "@/lib/security/context";
import { changeBudgets, findActions, refuseTakenName } from "./change-budgets";
import type { NewBudget } from "./schema";

/** Each of them is checked with every proposal. */
export const MAX_BUDGETS = 50;

/** Creates a budget. It counts what is proposed from now on. */
export function createBudget(ctx: WorkspaceContext, input: NewBudget): Promise<{ ok: true; id: string } | Refusal> {
  const { actions: names, limit, ...terms } = input;
  return changeBudgets(ctx, async (inner) => {
    const { db, workspaceId } = inner;
    const taken = await refuseTakenName(inner, input.name, null);
    if (taken) return taken;
    if ((await db.budget.count({ where: { workspaceId, deletedAt: null } })) >= MAX_BUDGETS)
      return refuseField("name", `A workspace can have ${MAX_BUDGETS} budgets. Delete one first.`);
    const noZone = await refuseZone(inner, input.timeZone);
    if (noZone) return noZone;
    const actions = input.countsAllActions ? [] : await findActions(inner, names);
    if ("ok" in actions) return actions;
    const id = uuidv7();
    await db.budget.create({ data: { id, workspaceId, ...terms, limitValue: limit, createdBy: actorName(inner) } });
    await db.budgetAction.createMany({ data: actions.map((action) => ({ workspaceId, budgetId: id, actionId: action.id })) });
    return { id, event: { verb: "budget.created", data: auditData(input, actions) } };
  });
}

function auditData(
  { name, limit, currency, measure, per, perField, period, timeZone, whenExceeded, countsAllActions }: NewBudget,
  actions: { name: string }[],
) {
  return {
    name,
    measure,
    limit,
    currency,
    per,
    per_field: perField,
    period,
    time_zone: timeZone,
    when_exceeded: whenExceeded,
    actions: countsAllActions ? null : actions.map((action) => action.name),
  };
}

/**
 * Periods are reckoned by the database, which has its own list of zones. It reads CET and its like as a fixed offset without summer time,
 * also where the list has a zone of that name, which rules would follow.
 */
async function refuseZone({ db }: WorkspaceContext, zone: string): Promise<Refusal | null> {
  const [row] = await db.$queryRaw<{ is_known: boolean; is_fixed: boolean }[]>`
    SELECT EXISTS (SELECT FROM pg_timezone_names WHERE lower(name) = lower(${zone})) AS is_known,
      upper(${zone}) <> 'UTC' AND EXISTS (SELECT FROM pg_timezone_abbrevs WHERE abbrev = upper(${zone})) AS is_fixed`;
  if (row?.is_fixed)
    return refuseField("timeZone", "Use a city’s time zone such as Europe/Berlin, or UTC: an abbreviation has no summer time.");
  return row?.is_known ? null : refuseField("timeZone", "The console’s database doesn’t know this time zone.");
}
