import { listedRunDocument } from "@/lib/action-runs/list/run-document";
import type { RunStory } from "@/lib/action-runs/show/get-run-story";
import { isSamePerson } from "@/lib/domain/access/same-person";
import type { JsonObject, JsonValue } from "@/lib/domain/json-value";
import { policySnapshot } from "@/lib/domain/policy/policy-snapshot";
import { policyRuleOf } from "@/lib/registered-actions/policy-rule";

const time = (instant: Date | null) => instant?.toISOString() ?? null;
const hex = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString("hex"));
const parsed = (text: string | null) => (text === null ? null : (JSON.parse(text) as JsonValue));

export function runStoryDocument(run: RunStory): JsonObject {
  const { policyVersion, approvalRequest, decision } = run;
  return {
    ...listedRunDocument(run),
    workspace: { name: run.workspace.name, client_name: run.workspace.clientName },
    api_key: { api_key_id: run.apiKey.id, name: run.apiKey.name, hint: run.apiKey.hint },
    payload: parsed(run.payloadText),
    payload_hash: hex(run.payloadHash),
    accepts_changes: run.acceptsChanges,
    changes: run.payloadChanges.map((change) => ({
      kind: change.kind,
      changed_by: change.changedBy,
      channel: change.channel,
      reason: change.reason,
      changes: parsed(change.changesText),
      payload: parsed(change.payloadText),
      payload_hash: hex(change.payloadHash),
      created_at: time(change.createdAt),
      applied_at: time(change.appliedAt),
    })),
    reasoning: run.reasoning,
    source: run.sourceType === null && run.sourceRef === null ? null : { type: run.sourceType, ref: run.sourceRef },
    policy: policyVersion && { ...policySnapshot(policyRuleOf(policyVersion)), version: policyVersion.version, rule: run.policyRule },
    approval: approvalRequest && {
      asked: approvalRequest.approverEmails,
      reason: approvalRequest.policyReason,
      expires_at: time(approvalRequest.expiresAt),
      reassignments: run.reassignments.map((one) => ({
        from: one.fromEmail,
        to: one.toEmail,
        reassigned_by: one.reassignedBy,
        created_at: time(one.createdAt),
      })),
      stage: approvalRequest.stage,
      stages: approvalRequest.stages as JsonValue,
      votes: run.votes.map((vote) => ({
        voter: vote.voter,
        stage: vote.stage,
        in_place_of: isSamePerson(vote.place, vote.voter) ? null : vote.place,
        channel: vote.channel,
        comment: vote.comment,
        created_at: time(vote.createdAt),
        revoked_at: time(vote.revokedAt),
        revoked_reason: vote.revokedReason,
      })),
      links: approvalRequest.links.map((link) => ({ approver: link.approverEmail, used_at: time(link.usedAt) })),
    },
    mails: run.emailDeliveries.map((mail) => ({
      to: mail.toEmail,
      kind: mail.kind,
      status: mail.status,
      not_sent_reason: mail.notSentReason,
      provider: mail.provider,
      provider_message_id: mail.providerMessageId,
      attempts: mail.attempts,
      last_error: mail.lastError,
      created_at: time(mail.createdAt),
      sent_at: time(mail.sentAt),
    })),
    decision: decision && {
      decision: decision.decision,
      channel: decision.channel,
      decided_by: decision.decidedBy,
      comment: decision.comment,
      created_at: time(decision.createdAt),
    },
    claim:
      run.claimWorker === null ? null : { worker: run.claimWorker, claimed_at: time(run.claimedAt), expires_at: time(run.claimExpiresAt) },
    report:
      run.executionReportedAt === null
        ? null
        : {
            execution_status: run.executionStatus,
            execution_result: parsed(run.executionResultText),
            execution_error: run.executionError,
            execution_reported_at: time(run.executionReportedAt),
          },
    receipts: run.receipts.map((receipt) => ({
      receipt_id: receipt.id,
      kind: receipt.kind,
      created_at: time(receipt.createdAt),
      log_index: receipt.logIndex,
      leaf_hash: hex(receipt.leafHash),
      // The exact text that the leaf hash covers.
      body: receipt.body,
    })),
    events: run.auditEvents.map((event) => ({
      verb: event.verb,
      actor_type: event.actorType,
      actor_id: event.actorId,
      data: event.data as JsonValue,
      created_at: time(event.createdAt),
    })),
  };
}
