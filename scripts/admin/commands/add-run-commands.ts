import type { Command } from "commander";
import { z } from "zod";
import { SETTLEMENTS } from "@/lib/action-runs/execute/schema";
import { settleRun } from "@/lib/action-runs/execute/settle-run";
import type { ListedRun } from "@/lib/action-runs/list/list-runs";
import { readAllRuns } from "@/lib/action-runs/list/read-all-runs";
import { listedRunDocument } from "@/lib/action-runs/list/run-document";
import type { RunFilter } from "@/lib/action-runs/list/run-filter";
import { getRunStory } from "@/lib/action-runs/show/get-run-story";
import { wireApprovals } from "@/lib/action-runs/status/wire-approvals";
import { decideRun } from "@/lib/approvals/decide-run";
import { operatorContext } from "@/lib/auth/contexts";
import { emailSchema } from "@/lib/domain/access/email-address";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { ENDINGS, type ExecutionFilter } from "@/lib/domain/runs/run-search";
import { DECISIONS, EXECUTION_STATUSES, type ExecutionStatus, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { approvalsProgress } from "@/lib/words/approvals-messages";
import { addCommand } from "@/scripts/admin/add-command";
import { requireFound, requireOk } from "@/scripts/admin/command-error";
import { countValue, idValue, instantValue, optional, repeatable, required } from "@/scripts/admin/option-values";
import { instantText, textTable } from "@/scripts/admin/text-table";
import { addReassignCommands } from "./add-reassign-commands";
import { addRunEndingCommands } from "./add-run-ending-commands";
import { contextOfRun } from "./context-of-run";
import { runStoryDocument } from "./run-documents";
import { runStoryText } from "./run-story-text";

const MAX_LISTED = 10_000;

export function addRunCommands(program: Command): void {
  const group = program.command("run").description("Action runs: what agents proposed, and the outcome.");
  addList(group);
  addShow(group);
  addDecide(group);
  addSettle(group);
  addReassignCommands(group);
  addRunEndingCommands(group);
}

function addList(group: Command): void {
  addCommand(group, {
    usage: "list",
    summary: "List runs, the newest first.",
    options: [
      optional("--workspace <id>", "in this workspace only"),
      optional("--status <status>", "with this governance status").choices(GOVERNANCE_STATUSES),
      optional("--execution <status>", "with this execution status").choices(EXECUTION_STATUSES),
      optional("--ended <reason>", "rejected for this reason").choices(ENDINGS),
      optional("--in-doubt", "whose claim expired without a report"),
      optional("--action <name>", "of this action"),
      optional("--actor <name>", "proposed by this actor"),
      optional("--from <time>", "proposed at this time (UTC) or later"),
      optional("--until <time>", "proposed before this time (UTC)"),
      optional("--before <run id>", "older than this run: the next page"),
      optional("--limit <n>", "maximum number").default("50"),
    ],
    examples: [
      "run list --status pending_approval",
      "run list --workspace WORKSPACE_ID --action refund_customer --from 2026-11-01 --limit 200 --json",
    ],
    input: z.strictObject({
      workspace: idValue.optional(),
      status: z.enum(GOVERNANCE_STATUSES).optional(),
      execution: z.enum(EXECUTION_STATUSES).optional(),
      ended: z.enum(ENDINGS).optional(),
      inDoubt: z.boolean().optional(),
      action: z.string().optional(),
      actor: z.string().optional(),
      from: instantValue.optional(),
      until: instantValue.optional(),
      before: idValue.optional(),
      limit: countValue(1, MAX_LISTED),
    }),
    async run({ workspace, limit, ...given }) {
      const filter: RunFilter = {
        governance: given.status && [given.status],
        endings: given.ended && [given.ended],
        execution: executionWords(given),
        actions: given.action === undefined ? [] : [given.action],
        actors: given.actor === undefined ? [] : [given.actor],
        createdFrom: given.from,
        createdBefore: given.until,
      };
      const runs = await firstRuns(workspace ?? null, filter, { after: given.before ?? null, limit });
      return {
        document: { runs: runs.map(listedRunDocument) },
        text: textTable(
          ["Id", "Proposed", "Action", "Governance", "Execution", "Amount", "Actor", "Decided by"],
          runs.map((run) => [
            run.id,
            instantText(run.createdAt),
            run.actionName,
            governanceText(run),
            run.claimState === "in_doubt" ? "in doubt" : run.executionStatus,
            [run.amount?.toFixed(), run.currency].filter(Boolean).join(" "),
            run.actor,
            run.decidedBy,
          ]),
        ),
      };
    },
  });
}

const ENDING_LABELS: Readonly<Record<string, string>> = {
  approval_expired: "expired",
  withdrawn: "withdrawn",
  approval_revoked: "approval revoked",
  approval_lapsed: "approval lapsed",
};

function governanceText({ governanceStatus, governanceReason }: ListedRun): string {
  return [governanceStatus, ENDING_LABELS[governanceReason]].filter(Boolean).join(", ");
}

/** A run in doubt still awaits its report, as far as its status goes. */
function executionWords({ execution, inDoubt = false }: { execution?: ExecutionStatus; inDoubt?: boolean }): ExecutionFilter[] {
  if (execution === undefined) return inDoubt ? ["in_doubt"] : [];
  if (execution !== "awaiting_execution_report") return [execution];
  return inDoubt ? ["in_doubt"] : [execution, "in_doubt"];
}

async function firstRuns(
  workspaceId: string | null,
  filter: RunFilter,
  { after, limit }: { after: string | null; limit: number },
): Promise<ListedRun[]> {
  const runs: ListedRun[] = [];
  for await (const batch of readAllRuns(operatorContext(workspaceId), filter, { sort: "created", direction: "desc" }, after)) {
    runs.push(...batch.slice(0, limit - runs.length));
    if (runs.length === limit) break;
  }
  return runs;
}

function addShow(group: Command): void {
  addCommand(group, {
    usage: "show <RUN_ID>",
    summary: "Show a run's full history: proposal, policy, emails, decision, claim, report and receipts.",
    examples: ["run show RUN_ID", "run show RUN_ID --json"],
    input: z.strictObject({ RUN_ID: idValue }),
    async run({ RUN_ID: runId }) {
      const run = requireFound(await getRunStory(await contextOfRun(runId), runId), "such run");
      return { document: runStoryDocument(run), text: runStoryText(run) };
    },
  });
}

function addDecide(group: Command): void {
  addCommand(group, {
    usage: "decide <RUN_ID>",
    summary: "Decide a pending run on behalf of an approver.",
    options: [
      required("--decision <decision>", "the decision").choices(DECISIONS),
      required("--as <email>", "who decides: an approver who was asked, or a member whose role allows it"),
      optional("--comment <text>", "recorded in the receipt"),
      repeatable(
        "--change <field=value>",
        "approve with a change, or propose one with a rejection; needs a comment; repeat for several fields",
      ),
      optional("--payload-hash <hash>", "the payload that is approved, if another approver has changed the request"),
    ],
    examples: [
      'run decide RUN_ID --decision reject --as ada@example.com --comment "Paid yesterday."',
      'run decide RUN_ID --decision approve --as ada@example.com --change amount=1480 --comment "Only 1,480 were charged twice."',
    ],
    input: z.strictObject({
      RUN_ID: idValue,
      decision: z.enum(DECISIONS),
      as: emailSchema,
      comment: z
        .string()
        .max(COMMENT_MAX_LENGTH, { error: `must have at most ${COMMENT_MAX_LENGTH} characters` })
        .optional(),
      change: z
        .array(
          z
            .string()
            .regex(/^[^=]+=/, { error: "must be a field and its new value, such as amount=1480" })
            .transform((text): [string, string] => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)]),
        )
        .optional(),
      payloadHash: z
        .string()
        .regex(/^[0-9a-f]{64}$/, { error: "must be 64 hexadecimal digits" })
        .optional(),
    }),
    async run({ RUN_ID: runId, decision, as, comment = null, change, payloadHash = null }) {
      const changes = change ? Object.fromEntries(change) : null;
      const { run } = requireOk(await decideRun(await contextOfRun(runId, as), { runId, decision, comment, changes, payloadHash }));
      const { governanceStatus, executionStatus, reason } = run.effect;
      return {
        document: {
          action_run_id: runId,
          governance_status: governanceStatus,
          execution_status: executionStatus,
          governance_reason: reason,
          decided_by: run.decidedBy,
          decided_at: run.decidedAt.toISOString(),
          comment: run.comment,
          ...(run.approvals && { approvals: wireApprovals(run.approvals) }),
        },
        text: `The run is ${governanceStatus}.${run.approvals ? ` ${approvalsProgress(run.approvals)}.` : ""}`,
      };
    },
  });
}

function addSettle(group: Command): void {
  addCommand(group, {
    usage: "settle <RUN_ID>",
    summary: "Settle a run in doubt: its worker claimed it and never reported, and may or may not have executed it.",
    options: [
      required("--as <outcome>", "executed: it ran · failed: it ran and failed · released: it didn't run, so it may run again").choices(
        SETTLEMENTS,
      ),
      optional("--by <email>", "who checked"),
    ],
    examples: ["run settle RUN_ID --as executed --by ada@example.com"],
    input: z.strictObject({ RUN_ID: idValue, as: z.enum(SETTLEMENTS), by: emailSchema.optional() }),
    async run({ RUN_ID: runId, as, by }) {
      const ctx = await contextOfRun(runId, by);
      requireOk(await settleRun(ctx, { runId, settlement: as, settledBy: by ?? "the operator" }));
      const executionStatus = as === "released" ? "awaiting_execution_report" : as;
      return {
        document: { action_run_id: runId, settled_as: as, settled_by: by ?? null, execution_status: executionStatus },
        text: as === "released" ? "The run can be claimed again." : `The run is ${as}.`,
      };
    },
  });
}
