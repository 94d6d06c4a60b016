import { formatInstant } from "@/lib/domain/time/format-instant";
import { getEnv } from "@/lib/env";
import type { Context } from "@/lib/security/context";
import { counted } from "@/lib/words/counted";
import { proposerText } from "@/lib/words/proposal-messages";
import { RISK_LABELS } from "@/lib/words/risk-labels";
import { freezeHeading, grantHeading, notificationHeading, policyHeading } from "./notification-labels";
import { freezesUrl, grantUrl, isOfFreeze, isOfGrant, isOfPolicy, policyChangeUrl, readStoredEvent, runUrl } from "./run-message";
import type { SlackNotice } from "./slack-message";

/** The content of a Slack message: the sentence approvers read, never the payload. */
export async function slackNotice(ctx: Context, body: string): Promise<SlackNotice> {
  const event = readStoredEvent(body);
  const workspace = await ctx.db.workspace.findUniqueOrThrow({
    where: { id: event.data.workspace_id },
    select: { name: true, clientName: true },
  });
  const from = `${workspace.name} for ${workspace.clientName}`;
  if (event.type === "test") {
    return {
      heading: "A test from DAAI Console",
      summary: "A test from DAAI Console",
      from,
      sentence: null,
      facts: [],
      url: `${getEnv().DAAI_PUBLIC_URL}/workspaces/${event.data.workspace_id}`,
    };
  }
  if (isOfFreeze(event)) {
    const { reason, frozen_by: frozenBy, thawed_by: thawedBy, workspace_id: workspaceId } = event.data;
    const heading = freezeHeading(event.type, event.data);
    const facts = [event.type === "workspace.frozen" ? `Frozen by ${frozenBy}` : `Thawed by ${thawedBy ?? ""}`, `Reason: ${reason}`];
    return { heading, summary: heading, from, sentence: null, facts, url: freezesUrl(workspaceId) };
  }
  if (isOfPolicy(event)) {
    const heading = policyHeading(event.type, event.data);
    const { comment, proposed_by: proposedBy } = event.data;
    const facts = [`Proposed by ${proposerText(proposedBy)}`, ...(comment === null ? [] : [`Comment: ${comment}`])];
    return { heading, summary: heading, from, sentence: null, facts, url: policyChangeUrl(event.data) };
  }
  if (isOfGrant(event)) {
    const heading = grantHeading(event.type, event.data);
    const { given_by: givenBy, max_uses: maxUses, ends_at: endsAt } = event.data;
    const facts = [`Given by ${givenBy}`, `${counted(maxUses, "run")} until ${formatInstant(new Date(endsAt))}`];
    return { heading, summary: heading, from, sentence: null, facts, url: grantUrl(event.data) };
  }
  const { action_run_id: id, workspace_id: workspaceId, action, risk_level: risk, expires_at: expiresAt } = event.data;
  const run = await ctx.db.actionRun.findFirst({ where: { workspaceId, id }, select: { actionTitle: true, sentence: true } });
  const facts = [
    ...(risk === null ? [] : [RISK_LABELS[risk]]),
    ...(event.type === "run.pending" && expiresAt !== null ? [`Decide by ${formatInstant(new Date(expiresAt))}`] : []),
  ];
  return {
    heading: notificationHeading(event.type, run?.actionTitle ?? action),
    summary: notificationHeading(event.type, action),
    from,
    sentence: run?.sentence ?? null,
    facts,
    url: runUrl(workspaceId, id),
  };
}
