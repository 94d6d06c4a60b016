import type { Command } from "commander";
import { z } from "zod";
import { operatorContext } from "@/lib/auth/contexts";
import { getDb } from "@/lib/db/client";
import { inTransaction, rollBack } from "@/lib/db/transaction";
import { emailSchema } from "@/lib/domain/access/email-address";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import { withDb } from "@/lib/security/context";
import { createUser } from "@/lib/users/create-user";
import { type CreatedWorkspace, createWorkspace } from "@/lib/workspaces/create-workspace";
import { addCommand } from "@/scripts/admin/add-command";
import { requireOk } from "@/scripts/admin/command-error";
import { required } from "@/scripts/admin/option-values";
import { factLines } from "@/scripts/admin/text-table";

export function addWorkspaceCommands(program: Command): void {
  const group = program.command("workspace").description("Clients' workspaces.");
  addCommand(group, {
    usage: "create",
    summary: "Create a workspace with its two keys, and its owner's account if there is none. The keys are shown only once.",
    options: [
      required("--owner <email>", "the owner's email address"),
      required("--name <name>", "the workspace's name"),
      required("--client <name>", "the client it is for"),
    ],
    examples: ['workspace create --owner ada@example.com --name Billing --client "Acme GmbH"'],
    input: z.strictObject({ owner: emailSchema, name: z.string(), client: z.string() }),
    async run({ owner, name, client }) {
      const { workspaceId, workspaceKey, apiKey } = requireOk(await createWithOwner({ ownerEmail: owner, name, clientName: client }));
      const baseUrl = `${getEnv().DAAI_PUBLIC_URL}/api`;
      return {
        document: {
          workspace_id: workspaceId,
          workspace_key: workspaceKey,
          api_key: apiKey,
          owner,
          name,
          client_name: client,
          base_url: baseUrl,
        },
        text: `${factLines([
          ["Workspace", workspaceId],
          ["Owner", owner],
        ])}\n\nGive these to your app. The keys won't be shown again:\n\nDAAI_BASE_URL=${baseUrl}\nDAAI_API_KEY=${apiKey}\nDAAI_WORKSPACE_KEY=${workspaceKey}`,
      };
    },
  });
}

function createWithOwner(workspace: {
  ownerEmail: string;
  name: string;
  clientName: string;
}): Promise<({ ok: true } & CreatedWorkspace) | Refusal> {
  return inTransaction(getDb(), async (tx) => {
    const ctx = withDb(operatorContext(null), tx);
    const owner = await tx.user.findUnique({ where: { email: workspace.ownerEmail } });
    // Someone else may make the account meanwhile: then createUser refuses, and it is there.
    if (!owner) await createUser(ctx, { email: workspace.ownerEmail });
    const created = await createWorkspace(ctx, workspace);
    return created.ok ? created : rollBack(created);
  });
}
