import type { Command } from "commander";
import { z } from "zod";
import { revokeApproval } from "@/lib/approvals/revoke-approval";
import { withdrawRun } from "@/lib/approvals/withdraw-run";
import { emailSchema } from "@/lib/domain/access/email-address";
import { COMMENT_MAX_LENGTH } from "@/lib/domain/access/limits";
import { addCommand } from "@/scripts/admin/add-command";
import { requireOk } from "@/scripts/admin/command-error";
import { idValue, optional, required } from "@/scripts/admin/option-values";
import { contextOfRun } from "./context-of-run";

const text = z.string().max(COMMENT_MAX_LENGTH, { error: `must have at most ${COMMENT_MAX_LENGTH} characters` });

/** How a run ends before anyone claims it. */
export function addRunEndingCommands(group: Command): void {
  addCommand(group, {
    usage: "withdraw <RUN_ID>",
    summary: "Withdraw a run that is pending, or that nobody has claimed.",
    options: [required("--as <email>", "who withdraws it"), required("--reason <text>", "shown to approvers, recorded in the receipt")],
    examples: ['run withdraw RUN_ID --as ada@example.com --reason "Paid by hand."'],
    input: z.strictObject({ RUN_ID: idValue, as: emailSchema, reason: text.min(1, { error: "must not be empty" }) }),
    async run({ RUN_ID: runId, as, reason }) {
      const { answer } = requireOk(await withdrawRun(await contextOfRun(runId, as), { runId, reason }));
      return { document: answer, text: answer.idempotent_replay ? "The run had already been withdrawn." : "The run is withdrawn." };
    },
  });
  addCommand(group, {
    usage: "revoke <RUN_ID>",
    summary: "Revoke an approval before anyone claims the run.",
    options: [required("--as <email>", "who approved it"), optional("--comment <text>", "recorded in the receipt")],
    examples: ["run revoke RUN_ID --as ada@example.com"],
    input: z.strictObject({ RUN_ID: idValue, as: emailSchema, comment: text.optional() }),
    async run({ RUN_ID: runId, as, comment = null }) {
      const { revoked } = requireOk(await revokeApproval(await contextOfRun(runId, as), { runId, comment }));
      return {
        document: {
          action_run_id: runId,
          governance_status: revoked.effect.governanceStatus,
          governance_reason: revoked.effect.reason,
          revoked_by: revoked.revokedBy,
          revoked_at: revoked.revokedAt.toISOString(),
          comment,
        },
        text:
          revoked.effect.governanceStatus === "rejected"
            ? "The approval is revoked. Nothing will run."
            : "The approval is revoked. The run is still pending, and its approver is asked again.",
      };
    },
  });
}
