import type { Command } from "commander";
import { z } from "zod";
import { type ListedBudget, listBudgets } from "@/lib/budgets/list-budgets";
import { perNoun, quantityText } from "@/lib/domain/budgets/budget-text";
import type { JsonObject } from "@/lib/domain/json-value";
import { addCommand } from "@/scripts/admin/add-command";
import { idValue, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { instantText, textTable } from "@/scripts/admin/text-table";

/** How budgets stand, without a browser. */
export function addBudgetCommands(program: Command): void {
  const group = program.command("budget").description("How much, or how many runs, may be allowed in a period.");
  addCommand(group, {
    usage: "list",
    summary: "List a workspace's budgets and how full each is.",
    options: [required("--workspace <id>", "the workspace")],
    examples: ["budget list --workspace WORKSPACE_ID", "budget list --workspace WORKSPACE_ID --json"],
    input: z.strictObject({ workspace: idValue }),
    async run({ workspace }) {
      const budgets = await listBudgets(await requireWorkspace(workspace));
      return {
        document: { budgets: budgets.map(documentOf) },
        text:
          budgets.length === 0
            ? "There are no budgets."
            : textTable(
                ["ID", "Budget", "Used", "Limit", "Per", "Until"],
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
