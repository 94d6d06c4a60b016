import { v7 as uuidv7 } from "uuid";
import { Prisma } from "@/lib/db/generated/client";
import type { JsonObject } from "@/lib/domain/json-value";
import type { Context } from "@/lib/security/context";

/** Records an event. Its workspace determines who may see it. */
export const AUDIT_VERBS = [
  "user.created",
  "user.signed_up",
  "user.signed_in",
  "user.renamed",
  "user.password_changed",
  "user.password_reset",
  "user.reset_link_made",
  "user.session_revoked",
  "user.signed_out_everywhere",
  "user.disabled",
  "user.enabled",
  "user.test_mail_sent",
  "user.absence_set",
  "user.absence_ended",
  "workspace.created",
  "workspace.renamed",
  "workspace.routing_changed",
  "workspace.deleted",
  "workspace.frozen",
  "workspace.thawed",
  "workspace.thaw_rule_changed",
  "workspace.policy_rule_changed",
  "workspace.owner_changed",
  "member.invited",
  "member.invitation_renewed",
  "member.invitation_revoked",
  "member.joined",
  "member.role_changed",
  "member.removed",
  "member.left",
  "api_key.created",
  "api_key.revoked",
  "api_key.rotated",
  "management_key.created",
  "management_key.revoked",
  "action.registered",
  "action.edited",
  "action.activated",
  "action.deactivated",
  "group.created",
  "group.edited",
  "group.deleted",
  "action.managed",
  "action.released",
  "proposal.made",
  "proposal.confirmed",
  "proposal.declined",
  "proposal.withdrawn",
  "proposal.ended",
  "shadow.started",
  "shadow.ended",
  "budget.created",
  "budget.edited",
  "budget.deleted",
  "grant.given",
  "grant.confirmed",
  "grant.revoked",
  "grant.ended",
  "run.approver_asked",
  "run.reassigned",
  "run.vote_cast",
  "run.vote_revoked",
  "run.decided",
  "run.expired",
  "run.withdrawn",
  "run.approval_revoked",
  "run.approval_lapsed",
  "run.reported_late",
  "run.claimed",
  "run.claim_renewed",
  "run.claim_released",
  "run.reported",
  "run.settled",
  "run.erased",
  "workspace.runs_exported",
  "workspace.receipts_exported",
  "workspace.log_restarted",
  "workspace.checkpoint_mail_changed",
  "workspace.data_retention_changed",
  "workspace.old_data_erased",
  "limits.changed",
  "mailbox.opened",
  "receipt.shared",
  "receipt.share_revoked",
  "webhook.created",
  "webhook.edited",
  "webhook.secret_rotated",
  "webhook.enabled",
  "webhook.disabled",
  "webhook.deleted",
  "webhook.redelivered",
] as const;
export type AuditVerb = (typeof AUDIT_VERBS)[number];

export interface NewAuditEvent {
  readonly verb: AuditVerb;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly data?: JsonObject;
}

/** Written through the command's own transaction: if the audit cannot be written, nothing is. */
export async function recordAuditEvent(ctx: Context, event: NewAuditEvent): Promise<void> {
  await ctx.db.$executeRaw(auditEventInsert(ctx, event));
}

/** The same as part of a statement that writes more. */
export function auditEventInsert(ctx: Context, { verb, subjectType, subjectId, data = {} }: NewAuditEvent): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO audit_events (id, workspace_id, verb, actor_type, actor_id, subject_type, subject_id, data, created_at)
    VALUES (${uuidv7()}::uuid, ${ctx.workspaceId}::uuid, ${verb}, ${ctx.actor.type}, ${actorId(ctx)}, ${subjectType}, ${subjectId},
      ${JSON.stringify(data)}::jsonb, clock_timestamp())`;
}

function actorId({ actor }: Context): string | null {
  switch (actor.type) {
    case "user":
      return actor.userId;
    case "api_key":
      return actor.apiKeyId;
    case "management_key":
      return actor.managementKeyId;
    case "decision_link":
      return actor.linkId;
    case "share_link":
      return actor.shareId;
    case "operator":
      return actor.email;
    case "system":
      return null;
  }
}
