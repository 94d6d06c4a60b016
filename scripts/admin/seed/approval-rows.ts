import { createHash } from "node:crypto";
import type { MadeApproval } from "./make-approval";
import type { NumberedRun } from "./numbered-run";
import type { SeedIds } from "./seed-ids";
import type { SeedWorld } from "./seed-world";
import type { TableRow } from "./seeded-tables";

const MAIL_MS = 800;
const OPENED_MS = 240_000;

/** Who was asked, by email, and what they decided. */
export function* approvalRows(
  { workspaceId, until }: SeedWorld,
  ids: SeedIds,
  run: NumberedRun,
  approval: MadeApproval,
): Generator<TableRow> {
  const { createdAt } = run;
  const { approverEmails, expiresAt, answer } = approval;
  const requestId = ids.at(createdAt);
  const openedAt = firstOpened(run, approval, until);
  yield [
    "approval_requests",
    {
      id: requestId,
      workspace_id: workspaceId,
      run_id: run.id,
      approver_emails: approverEmails,
      policy_reason: run.result.reason,
      expires_at: expiresAt,
      opened_at: openedAt,
      created_at: createdAt,
    },
  ];

  let usedLinkId: string | null = null;
  for (const email of approverEmails) {
    const linkId = ids.at(createdAt);
    const isUsed = answer?.channel === "decision_link" && answer.decidedBy === email;
    if (isUsed) usedLinkId = linkId;
    yield [
      "decision_links",
      {
        id: linkId,
        workspace_id: workspaceId,
        approval_request_id: requestId,
        approver_email: email,
        token_hash: createHash("sha256").update(ids.bytes(32)).digest(),
        expires_at: expiresAt,
        used_at: isUsed ? answer.at : null,
        opened_at: isUsed ? openedAt : null,
        created_at: createdAt,
      },
    ];
    const deliveryId = ids.at(createdAt);
    yield [
      "email_deliveries",
      {
        id: deliveryId,
        workspace_id: workspaceId,
        run_id: run.id,
        decision_link_id: linkId,
        kind: "approval_request",
        to_email: email,
        status: "sent",
        provider: "mailbox",
        provider_message_id: deliveryId,
        attempts: 1,
        created_at: createdAt,
        sent_at: new Date(Math.min(createdAt.getTime() + MAIL_MS, until.getTime())),
      },
    ];
  }

  if (!answer) return;
  yield [
    "decisions",
    {
      id: ids.at(answer.at),
      workspace_id: workspaceId,
      run_id: run.id,
      decision: answer.decision,
      channel: answer.channel,
      decided_by: answer.decidedBy,
      link_id: usedLinkId,
      comment: answer.comment,
      created_at: answer.at,
    },
  ];
}

/** Approvers who decided had opened the request; most pending ones were opened. */
function firstOpened({ createdAt, payloadText }: NumberedRun, { answer }: MadeApproval, until: Date): Date | null {
  if (answer) return answer.decidedBy === null ? null : answer.at;
  return payloadText.length % 5 === 0 ? null : new Date(Math.min(createdAt.getTime() + OPENED_MS, until.getTime()));
}
