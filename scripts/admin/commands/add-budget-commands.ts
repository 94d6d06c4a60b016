import type { Command } from "commander";
import { z } from "zod";
import { createBudget } from "@/lib/budgets/create-budget";
import { deleteBudget } from "@/lib/budgets/delete-budget";
import { editBudget } from "@/lib/budgets/edit-budget";
import { type ListedBudget, listBudgets } from "@/lib/budgets/list-budgets";
import { budgetEditSchema, newBudgetSchema } from "@/lib/budgets/schema";
import { BUDGET_EFFECTS, BUDGET_PERIODS, BUDGET_PERS } from "@/lib/domain/budgets/budget";
import { budgetTermsText, perNoun, quantityText } from "@/lib/domain/budgets/budget-text";
import type { JsonObject } from "@/lib/domain/json-value";
import type { WorkspaceContext } from "@/lib/security/context";
import { addCommand, type CommandResult } from "@/scripts/admin/add-command";
import { requireFound, requireOk } from "@/scripts/admin/command-error";
import { idValue, optional, repeatable, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { instantText, textTable } from "@/scripts/admin/text-table";

const ofWorkspace = () => required("--workspace <id>", "the workspace");

/** The budgets of a workspace. */
export function addBudgetCommands(program: Command): void {
  const group = program.command("budget").description("Limits on what runs add up to in a period.");
  addCreateCommand(group);
  addEditCommand(group);
  addCommand(group, {
    usage: "delete <BUDGET_ID>",
    summary: "Delete a budget. Its runs and their entries stay.",
    options: [ofWorkspace()],
    examples: ["budget delete BUDGET_ID --workspace WORKSPACE_ID"],
    input: z.strictObject({ BUDGET_ID: idValue, workspace: idValue }),
    async run({ BUDGET_ID, workspace }) {
      const { id } = requireOk(await deleteBudget(await requireWorkspace(workspace), BUDGET_ID));
      return { document: { budget_id: id, deleted: true }, text: "Budget deleted." };
    },
  });
  addCommand(group, {
    usage: "list",
    summary: "List a workspace's budgets and how much of each is used.",
    options: [ofWorkspace()],
    examples: ["budget list --workspace WORKSPACE_ID", "budget list --workspace WORKSPACE_ID --json"],
    input: z.strictObject({ workspace: idValue }),
    async run({ workspace }) {
      const budgets = await listBudgets(await requireWorkspace(workspace));
      return {
        document: { budgets: budgets.map(documentOf) },
        text:
          budgets.length === 0
            ? "There are no budgets in this workspace."
            : textTable(
                ["ID", "Budget", "Used", "Limit", "For each", "Resets"],
                budgets.map((budget) => [
                  budget.id,
                  budget.name,
                  quantityText(budget, budget.fullest?.used ?? "0"),
                  `${quantityText(budget, budget.limit)} per ${budget.period}`,
                  perNoun(budget),
                  instantText(budget.periodEnd),
                ]),
              ),
      };
    },
  });
}

function addCreateCommand(group: Command): void {
  addCommand(group, {
    usage: "create",
    summary: "Create a budget. It counts runs proposed after that. A run that can't be counted requires approval.",
    options: [
      ofWorkspace(),
      required("--name <text>", "the budget's name"),
      required("--limit <number>", "the limit per period: an amount, or without --currency a number of runs"),
      required("--period <period>", "the period").choices(BUDGET_PERIODS),
      required("--time-zone <zone>", "the time zone of the period, such as Europe/Berlin"),
      optional("--currency <code>", "limit the total amount in this currency (default: count runs)"),
      optional("--per <what>", "what has its own limit").choices(BUDGET_PERS).default("nothing"),
      optional("--per-field <path>", "the payload field for --per field, such as customer.id"),
      repeatable("--action <name>", "a counted action; repeat for several (default: all)"),
      optional("--exceeded <effect>", "what happens to a run over the limit").choices(BUDGET_EFFECTS).default("ask"),
    ],
    examples: [
      "budget create --workspace WORKSPACE_ID --name Refunds --limit 2000 --currency EUR --period week --time-zone Europe/Berlin",
      "budget create --workspace WORKSPACE_ID --name Refunds --limit 20 --per actor --period day --time-zone UTC --action refund --exceeded block",
    ],
    input: z
      .strictObject({
        workspace: idValue,
        name: z.string(),
        limit: z.string(),
        period: z.enum(BUDGET_PERIODS),
        timeZone: z.string(),
        currency: z.string().optional(),
        per: z.enum(BUDGET_PERS),
        perField: z.string().optional(),
        action: z.array(z.string()).optional(),
        exceeded: z.enum(BUDGET_EFFECTS),
      })
      .refine(({ per, perField }) => per === "field" || perField === undefined, { path: ["perField"], error: "needs --per field" }),
    async run({ workspace, action = [], exceeded, currency, perField, ...given }) {
      const ctx = await requireWorkspace(workspace);
      const budget = newBudgetSchema.parse({
        ...given,
        measure: currency === undefined ? "count" : "sum",
        currency: currency ?? "",
        perField: perField ?? "",
        countsAllActions: action.length === 0,
        actions: action,
        whenExceeded: exceeded,
      });
      return showBudget(ctx, requireOk(await createBudget(ctx, budget)).id, "Created");
    },
  });
}

function addEditCommand(group: Command): void {
  addCommand(group, {
    usage: "edit <BUDGET_ID>",
    summary: "Change a budget's name, limit, actions or effect. Options that you leave out stay the same, and so does what is used.",
    options: [
      ofWorkspace(),
      optional("--name <text>", "the new name"),
      optional("--limit <number>", "the new limit"),
      repeatable("--action <name>", "a counted action, replacing the current ones; repeat for several"),
      optional("--all-actions", "count all actions"),
      optional("--exceeded <effect>", "what happens to a run over the limit").choices(BUDGET_EFFECTS),
    ],
    examples: [
      "budget edit BUDGET_ID --workspace WORKSPACE_ID --limit 2500",
      "budget edit BUDGET_ID --workspace WORKSPACE_ID --all-actions --exceeded block",
    ],
    input: z
      .strictObject({
        BUDGET_ID: idValue,
        workspace: idValue,
        name: z.string().optional(),
        limit: z.string().optional(),
        action: z.array(z.string()).optional(),
        allActions: z.literal(true).optional(),
        exceeded: z.enum(BUDGET_EFFECTS).optional(),
      })
      .refine(({ action, allActions }) => action === undefined || allActions === undefined, "Give either --action or --all-actions."),
    async run({ BUDGET_ID, workspace, name, limit, action, allActions, exceeded }) {
      const ctx = await requireWorkspace(workspace);
      const budget = requireFound(await findBudget(ctx, BUDGET_ID), "such budget");
      const edit = budgetEditSchema.parse({
        id: BUDGET_ID,
        name: name ?? budget.name,
        limit: limit ?? budget.limit,
        countsAllActions: allActions ?? (action === undefined && budget.countsAllActions),
        actions: action ?? budget.actions.map((one) => one.name),
        whenExceeded: exceeded ?? budget.whenExceeded,
      });
      return showBudget(ctx, requireOk(await editBudget(ctx, edit)).id, "Saved");
    },
  });
}

async function findBudget(ctx: WorkspaceContext, id: string): Promise<ListedBudget | null> {
  const [budget] = await listBudgets(ctx, { id });
  return budget && budget.deletedAt === null ? budget : null;
}

async function showBudget(ctx: WorkspaceContext, id: string, done: string): Promise<CommandResult> {
  const budget = requireFound(await findBudget(ctx, id), "such budget");
  return { document: documentOf(budget), text: `${done}: ${budget.name}, ${budgetTermsText(budget)}.\nID: ${id}` };
}

function documentOf(budget: ListedBudget): JsonObject {
  const { fullest } = budget;
  return {
    budget_id: budget.id,
    name: budget.name,
    measure: budget.measure,
    currency: budget.currency,
    limit: budget.limit,
    per: budget.per,
    per_field: budget.perField,
    period: budget.period,
    time_zone: budget.timeZone,
    period_start: budget.periodStart.toISOString(),
    period_end: budget.periodEnd.toISOString(),
    when_exceeded: budget.whenExceeded,
    actions: budget.countsAllActions ? null : budget.actions.map(({ name }) => name),
    used: fullest?.used ?? "0",
    fullest: fullest && { value: fullest.value, used: fullest.used },
  };
}
