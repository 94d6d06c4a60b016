import type { Command } from "commander";
import { z } from "zod";
import { compareRecordedRuns } from "@/lib/backtests/compare-recorded-runs";
import { type BacktestView, listedRuns } from "@/lib/backtests/get-backtest";
import { BACKTEST_DAYS, type BacktestResult } from "@/lib/domain/backtests/backtest";
import { POLICY_TYPES } from "@/lib/domain/policy/policy-types";
import { visibleText } from "@/lib/domain/text/hidden-characters";
import { getAction } from "@/lib/registered-actions/list-actions";
import { draftSchema } from "@/lib/registered-actions/schema";
import { answerChanges, BACKTEST_LIMITS, backtestSummary, changeText, fateText, notComparedTexts } from "@/lib/words/backtest-messages";
import { addCommand } from "@/scripts/admin/add-command";
import { requireFound } from "@/scripts/admin/command-error";
import { idValue, optional, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { showProgress } from "@/scripts/admin/seed/show-progress";
import { actionFrom, clearDecidingOptions, decidingOptions, policyOption, settingsInput } from "./action-options";

const { threshold, currency, amountField, currencyField, rules, recipientField, risk } = settingsInput;

/** `action backtest`: the draft is the action with the given options, as `action edit` would save it. */
export function addBacktestCommand(group: Command): void {
  addCommand(group, {
    usage: "backtest",
    summary: "Show what another policy would have decided about recorded runs. Nothing is saved.",
    options: [
      required("--workspace <id>", "the workspace"),
      required("--name <name>", "the action's name, as the agent calls it"),
      optional("--days <n>", "how far back (default: 30)").choices(BACKTEST_DAYS.map(String)),
      policyOption(),
      ...decidingOptions(),
      ...clearDecidingOptions(),
    ],
    examples: [
      "action backtest --workspace WORKSPACE_ID --name send_invoice_reminder --threshold 750",
      "action backtest --workspace WORKSPACE_ID --name refund_customer --policy rules --rules refunds.yaml --days 90",
    ],
    input: z.strictObject({
      workspace: idValue,
      name: z.string(),
      days: z.coerce.number().pipe(z.literal(BACKTEST_DAYS)).default(30),
      policy: z.enum(POLICY_TYPES).optional(),
      ...{ threshold, currency, amountField, currencyField, rules, recipientField, risk },
    }),
    async run({ workspace, name, days, ...settings }) {
      const ctx = await requireWorkspace(workspace);
      const now = requireFound(await getAction(ctx, name), `action named ${name} in this workspace`);
      const { policy, recipientField: recipient, riskLevel } = actionFrom(name, settings, now);
      const draft = draftSchema.parse({ policy, recipientField: recipient, riskLevel });
      let report: ((done: number) => void) | undefined;
      const result = await compareRecordedRuns(ctx, { actionName: name, draft, days }, (done, total) => {
        report ??= showProgress(total);
        report(done);
      });
      const runs = await listedRuns(ctx, result);
      return { document: documentOf(result, runs), text: textOf(result, runs) };
    },
  });
}

function documentOf({ compared, erased, undecided, changed }: BacktestResult, listed: BacktestView["runs"]) {
  return {
    compared,
    erased,
    undecided,
    changed: changed.map(({ from, to, fate, count, runs }) => ({
      ...{ from, to, fate, count },
      runs: runs.map(({ id, reason, rule }) => ({
        action_run_id: id,
        reason,
        policy_rule: rule,
        sentence: listed[id]?.sentence ?? null,
        created_at: listed[id]?.createdAt ?? null,
      })),
    })),
  };
}

function textOf(result: BacktestResult, listed: BacktestView["runs"]): string {
  const changes = answerChanges(result).flatMap((change) => [
    "",
    `${changeText(change)}:`,
    ...change.parts.flatMap((part) => [
      `  ${fateText(part)}`,
      ...part.runs.map(({ id, reason, rule }) =>
        [`    ${id}`, visibleText(listed[id]?.sentence ?? "erased"), rule === null ? reason : `by rule "${visibleText(rule)}"`].join("  "),
      ),
    ]),
  ]);
  return [backtestSummary(result), ...notComparedTexts(result), ...changes, "", BACKTEST_LIMITS].join("\n");
}
