import { databaseNow } from "@/lib/db/transaction";
import { getDb } from "@/lib/db/client";
import { refuse, type Refusal } from "@/lib/domain/refusal";
import type { DecisionView } from "./decision-view";
import { hashLinkToken } from "./link-token";
import { decisionView, findLink, type LinkWithRun } from "./link-with-run";
import { decidedFields, refuseDecided } from "./refuse-decided";
import { bytes } from "@/lib/db/bytes";

/** What a link's holder is asked to decide, or why there is nothing to decide any more. Reads only. */
export async function getDecisionByToken(token: string): Promise<{ ok: true; decision: DecisionView } | Refusal> {
  const link = await findLinkByToken(token);
  if (!link) return refuseUnknownLink();
  const view = decisionView(link);
  if (!view) return refuseUnknownLink();
  const refusal = await refuseClosedLink(link);
  return refusal ? { ...refusal, fields: { ...refusal.fields, summary: summaryOf(view) } } : { ok: true, decision: view };
}

export function findLinkByToken(token: string): Promise<LinkWithRun | null> {
  return findLink({ tokenHash: bytes(hashLinkToken(token)) });
}

/** The same for every link that is not known: it tells nothing, not even the workspace. */
export function refuseUnknownLink(): Refusal {
  return refuse("invalid_link", "This link is not known here, or was not copied whole. Open it from the newest mail.");
}

async function refuseClosedLink(link: LinkWithRun): Promise<Refusal | null> {
  const { run } = link.approvalRequest;
  // Reminders bring further links: whoever answered by one of them, or in the console, has answered.
  if (link.usedAt || (run.governanceStatus !== "pending_approval" && run.decidedBy === link.approverEmail)) {
    return refuse("link_used", "You have already answered. A link works once, and a decision cannot be changed.", {
      fields: decidedFields(run),
    });
  }
  const isOver = link.expiresAt <= (await databaseNow(getDb()));
  return run.governanceStatus !== "pending_approval" || isOver ? refuseDecided(run) : null;
}

/** What the run was about, for the screens that show no payload any more. */
function summaryOf({ sentence, amount, recipient, actor, approverEmail, askedEmails, action, workspace, createdAt }: DecisionView) {
  return {
    actor,
    sentence,
    amount,
    recipient,
    approver: approverEmail,
    asked: askedEmails,
    action_name: action.name,
    action_title: action.title,
    workspace_name: workspace.name,
    client_name: workspace.clientName,
    asked_at: createdAt.toISOString(),
  };
}
