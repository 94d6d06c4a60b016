import { z } from "zod";
import { approvalsSchema } from "@/lib/contract/approvals";
import { EXECUTION_STATUSES } from "@/lib/domain/runs/statuses";

const summarySchema = z
  .object({
    sentence: z.string(),
    approver: z.string(),
    asked: z.array(z.string()),
    asked_at: z.coerce.date(),
    action_title: z.string(),
    workspace_name: z.string(),
    client_name: z.string(),
    /** What a person changed: approved as such, or proposed with a rejection. */
    changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string() })).default([]),
    is_proposal: z.boolean().default(false),
    /** null: one approval was enough. */
    approvals: approvalsSchema.nullable().default(null),
    /** Everybody whose approval counts, in all stages. */
    approved_by: z.array(z.string()).default([]),
  })
  .transform((summary) => ({
    changes: summary.changes,
    isProposal: summary.is_proposal,
    approvals: summary.approvals && { ...summary.approvals, votes: summary.approved_by.map((by) => ({ by })) },
    sentence: summary.sentence,
    approverEmail: summary.approver,
    askedEmails: summary.asked,
    askedAt: summary.asked_at,
    actionTitle: summary.action_title,
    workspace: { name: summary.workspace_name, clientName: summary.client_name },
  }));
export type RunSummary = z.infer<typeof summarySchema>;

/** The earlier decision, as link_used and already_decided describe it. */
export const earlierDecisionSchema = z
  .object({
    /** null: the app withdrew the request. */
    decided_by: z.string().nullable(),
    decided_at: z.coerce.date(),
    decision: z.enum(["approved", "rejected", "blocked"]),
    governance_reason: z.string(),
    can_revoke: z.boolean().default(false),
    comment: z.string().nullable(),
    execution_status: z.enum(EXECUTION_STATUSES),
    summary: summarySchema,
  })
  .transform((fields) => ({
    decidedBy: fields.decided_by,
    decidedAt: fields.decided_at,
    decision: fields.decision,
    reason: fields.governance_reason,
    canRevoke: fields.can_revoke,
    comment: fields.comment,
    executionStatus: fields.execution_status,
    summary: fields.summary,
  }));
export type EarlierDecision = z.infer<typeof earlierDecisionSchema>;

/** The details of already_approved and not_asked: how far the approvals are. */
export const approvedRunSchema = z
  .object({
    /** Who approved it: the reader, or someone in their place. null: the reader isn't asked now. */
    own_by: z.string().nullable(),
    own_at: z.coerce.date().nullable(),
    comment: z.string().nullable(),
    can_revoke: z.boolean(),
    approvals: approvalsSchema,
    waiting_for: z.array(z.string()),
    summary: summarySchema,
  })
  .transform((fields) => ({
    ownBy: fields.own_by,
    ownAt: fields.own_at,
    comment: fields.comment,
    canRevoke: fields.can_revoke,
    approvals: { ...fields.approvals, votes: fields.summary.approvals?.votes ?? [] },
    waitingFor: fields.waiting_for,
    summary: fields.summary,
  }));
export type ApprovedRun = z.infer<typeof approvedRunSchema>;

/** The details of link_expired. */
export const expiredRunSchema = z
  .object({ expired_at: z.coerce.date(), summary: summarySchema })
  .transform((fields) => ({ expiredAt: fields.expired_at, summary: fields.summary }));
export type ExpiredRun = z.infer<typeof expiredRunSchema>;
