import { isDeepStrictEqual } from "node:util";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { withDb, type WorkspaceContext } from "@/lib/context";
import { inTransaction } from "@/lib/db/transaction";
import { refuse, type Refusal } from "@/lib/domain/refusal";
import { policyRuleOf } from "./policy-rule";
import { actionSchema, type NewAction } from "./schema";
import { writePolicyVersion } from "./write-policy-version";

/**
 * Replaces an action's settings. Another policy becomes a new version; the runs that an older one decided keep pointing
 * at it. The name stays: agents call it.
 */
export function editAction(ctx: WorkspaceContext, input: NewAction): Promise<{ ok: true; policyVersion: number } | Refusal> {
  const { policy, name, ...settings } = actionSchema.parse(input);
  return inTransaction(ctx.db, async (tx) => {
    const inner = withDb(ctx, tx);
    // Taking the row's lock first makes two edits follow each other, each with a version of its own.
    const where = { workspaceId_name: { workspaceId: ctx.workspaceId, name } };
    const { count } = await tx.registeredAction.updateMany({
      where: { workspaceId: ctx.workspaceId, name },
      data: { ...settings, configVersion: { increment: 1 } },
    });
    if (count === 0) return refuse("validation_failed", `There is no action named ${name} in this workspace.`);
    const action = await tx.registeredAction.findUniqueOrThrow({ where });
    const current = await tx.policyVersion.findUniqueOrThrow({
      where: { actionId_version: { actionId: action.id, version: action.policyVersion } },
    });
    const isSamePolicy = isDeepStrictEqual(policyRuleOf(current), policy);
    const version = isSamePolicy ? current.version : current.version + 1;
    if (!isSamePolicy) {
      await writePolicyVersion(inner, { actionId: action.id, version, policy });
      await tx.registeredAction.update({ where, data: { policyVersion: version } });
    }
    await recordAuditEvent(inner, { verb: "action.edited", subjectType: "action", subjectId: action.id, data: { ...settings, policy, policy_version: version } });
    return { ok: true, policyVersion: version };
  });
}
