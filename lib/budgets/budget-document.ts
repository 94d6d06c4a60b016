import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { EditBudgetRequest, ManagedBudget, NewBudgetRequest } from "@/lib/contract/manage-budgets";
import { normalizeDecimal } from "@/lib/domain/policy/amounts";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { snakeCase } from "@/lib/domain/text/snake-case";
import type { BudgetTerms } from "./list-budgets";
import { type BudgetEdit, budgetEditSchema, type NewBudget, newBudgetSchema } from "./schema";

type Read<T> = { ok: true; budget: T } | { ok: false; error: z.ZodError };

/** Reads a request by the rules of the form. `error` names the request's own members. */
export function readNewBudget({ actions, currency, per = "nothing", per_field: perField, ...request }: NewBudgetRequest): Read<NewBudget> {
  const { time_zone: timeZone, when_exceeded: whenExceeded, ...same } = request;
  return read(newBudgetSchema, {
    ...{ ...same, per, timeZone, whenExceeded },
    currency: currency ?? "",
    perField: perField ?? "",
    ...countedActions(actions),
  });
}

export function readBudgetEdit(id: string, { actions, name, limit, when_exceeded: whenExceeded }: EditBudgetRequest): Read<BudgetEdit> {
  return read(budgetEditSchema, { id, name, limit, whenExceeded, ...countedActions(actions) });
}

function countedActions(actions: readonly string[] | null) {
  return { countsAllActions: actions === null, actions: [...(actions ?? [])] };
}

function read<T>(schema: z.ZodType<T>, values: object): Read<T> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return { ok: true, budget: parsed.data };
  const issues = parsed.error.issues.map((issue) => ({ ...issue, path: issue.path.map(onTheWire) }));
  return { ok: false, error: new z.ZodError(issues) };
}

/** What refuses a budget that was read from a request, at the request's own members. */
export function refusalOfBudget(refusal: Refusal): Refusal {
  const errors = refusal.fields?.errors as readonly { path: string; message: string }[] | undefined;
  if (errors === undefined) return refusal;
  return { ...refusal, fields: { ...refusal.fields, errors: errors.map(({ path, message }) => ({ path: snakeCase(path), message })) } };
}

function onTheWire(name: PropertyKey): PropertyKey {
  return typeof name === "string" ? snakeCase(name) : name;
}

/** A budget as the management API shows it, without how it stands. */
export function managedBudget(budget: BudgetTerms): ManagedBudget {
  const { id, name, measure, limit, currency, per, perField, period, timeZone, whenExceeded, countsAllActions, actions } = budget;
  return {
    budget_id: id,
    name,
    actions: countsAllActions ? null : actions.map((action) => action.name),
    limit,
    when_exceeded: whenExceeded,
    measure,
    period,
    time_zone: timeZone,
    currency,
    per,
    per_field: perField,
    created_by: budget.createdBy,
    created_at: budget.createdAt.toISOString(),
    deleted_at: budget.deletedAt?.toISOString() ?? null,
  };
}

/** Whether a budget is what this would create. */
export function isSameBudget(budget: BudgetTerms, { actions, limit, ...terms }: NewBudget): boolean {
  const { name, measure, currency, per, perField, period, timeZone, whenExceeded, countsAllActions } = budget;
  return (
    isDeepStrictEqual({ name, measure, currency, per, perField, period, timeZone, whenExceeded, countsAllActions }, terms) &&
    budget.limit === normalizeDecimal(limit) &&
    (countsAllActions || isDeepStrictEqual(budget.actions.map((action) => action.name).sort(), [...new Set(actions)].sort()))
  );
}
