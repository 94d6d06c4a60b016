import type { Command } from "commander";
import { z } from "zod";
import { operatorContext } from "@/lib/auth/contexts";
import { emailSchema } from "@/lib/domain/access/email-address";
import { usedOfTotal } from "@/lib/domain/grants/grant-text";
import type { JsonObject } from "@/lib/domain/json-value";
import { getGrantWorkspace, type ListedGrant, listGrants } from "@/lib/grants/list-grants";
import { revokeGrant } from "@/lib/grants/revoke-grant";
import { addCommand } from "@/scripts/admin/add-command";
import { requireFound, requireOk } from "@/scripts/admin/command-error";
import { idValue, required } from "@/scripts/admin/option-values";
import { requireWorkspace } from "@/scripts/admin/require-workspace";
import { instantText, textTable } from "@/scripts/admin/text-table";

/** Standing grants without a browser. They are given with an approval, so there is no command for that. */
export function addGrantCommands(program: Command): void {
  const group = program.command("grant").description("What approvers have approved in advance.");
  addCommand(group, {
    usage: "list",
    summary: "List a workspace's standing grants and what is used of each.",
    options: [required("--workspace <id>", "the workspace")],
    examples: ["grant list --workspace WORKSPACE_ID", "grant list --workspace WORKSPACE_ID --json"],
    input: z.strictObject({ workspace: idValue }),
    async run({ workspace }) {
      const grants = await listGrants(await requireWorkspace(workspace));
      return {
        document: { grants: grants.map(documentOf) },
        text:
          grants.length === 0
            ? "There are no grants."
            : textTable(
                ["ID", "Action", "State", "Runs", "Amount", "Given by", "Until"],
                grants.map((grant) => [
                  grant.id,
                  grant.action.name,
                  grant.state,
                  `${grant.uses} of ${grant.maxUses}`,
                  grant.total === null ? "" : usedOfTotal(grant.used, { total: grant.total, currency: grant.currency }),
                  grant.givenBy,
                  instantText(grant.endsAt),
                ]),
              ),
      };
    },
  });
  addCommand(group, {
    usage: "revoke <GRANT_ID>",
    summary: "Revoke a standing grant. It allows nothing from then on; what it allowed before stays allowed.",
    options: [required("--by <email>", "the person in whose name it is revoked")],
    examples: ["grant revoke GRANT_ID --by ann@example.com"],
    input: z.strictObject({ GRANT_ID: idValue, by: emailSchema }),
    async run({ GRANT_ID: grantId, by }) {
      const workspaceId = requireFound(await getGrantWorkspace(operatorContext(null), grantId), "such grant");
      requireOk(await revokeGrant(operatorContext(workspaceId, by), { grantId, channel: "admin_cli" }));
      return { document: { grant_id: grantId, revoked: true, by }, text: "Revoked." };
    },
  });
}

function documentOf(grant: ListedGrant): JsonObject {
  return {
    grant_id: grant.id,
    action: grant.action.name,
    run_id: grant.runId,
    state: grant.state,
    given_by: grant.givenBy,
    given_at: grant.givenAt.toISOString(),
    confirmed_by: grant.confirmedBy,
    facts: grant.factNames,
    currency: grant.currency,
    amount_each: grant.amountEach,
    total: grant.total,
    max_uses: grant.maxUses,
    ends_at: grant.endsAt.toISOString(),
    uses: grant.uses,
    used: grant.used,
    ended_at: grant.endedAt?.toISOString() ?? null,
    ended_by: grant.endedBy,
    ended_reason: grant.endedReason,
  };
}
