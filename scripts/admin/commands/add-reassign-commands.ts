import type { Command } from "commander";
import { z } from "zod";
import { reassignAll, reassignRun } from "@/lib/approvals/reassign-run";
import { emailSchema } from "@/lib/domain/access/email-address";
import { counted } from "@/lib/words/counted";
import { addCommand } from "@/scripts/admin/add-command";
import { requireOk } from "@/scripts/admin/command-error";
import { idValue, optional, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { contextOfRun } from "./context-of-run";

const people = { from: emailSchema, to: emailSchema, as: emailSchema.optional() };
const options = [
  required("--from <email>", "who is asked to decide now"),
  required("--to <email>", "who decides instead: a member whose role can decide, or an approver of the action or the workspace"),
  optional("--as <email>", "who reassigns, for the audit log"),
];

/** Pending requests that one approver passes on to another. */
export function addReassignCommands(group: Command): void {
  addCommand(group, {
    usage: "reassign <RUN_ID>",
    summary: "Reassign a pending run from one approver to another person.",
    options,
    examples: ["run reassign RUN_ID --from ann@example.com --to ben@example.com"],
    input: z.strictObject({ RUN_ID: idValue, ...people }),
    async run({ RUN_ID: runId, from, to, as }) {
      requireOk(await reassignRun(await contextOfRun(runId, as ?? null), { runId, from, to }));
      return {
        document: { action_run_id: runId, from, to },
        text: `The run is reassigned to ${to}, who gets an email. Links of ${from} no longer work.`,
      };
    },
  });
  addCommand(group, {
    usage: "reassign-all",
    summary: "Reassign all pending runs of an approver in a workspace, at most 1,000 per call.",
    options: [required("--workspace <id>", "the workspace"), ...options],
    examples: ["run reassign-all --workspace WORKSPACE_ID --from ann@example.com --to ben@example.com"],
    input: z.strictObject({ workspace: idValue, ...people }),
    async run({ workspace, from, to, as }) {
      const ctx = await requireWorkspace(workspace, as ?? null);
      const { reassigned, remaining } = requireOk(await reassignAll(ctx, { from, to }));
      const rest = remaining === 0 ? "" : ` ${counted(remaining, "run")} stayed with ${from}.`;
      return {
        document: { workspace_id: workspace, from, to, reassigned, remaining },
        text: `${counted(reassigned, "run")} reassigned to ${to}.${rest}`,
      };
    },
  });
}
