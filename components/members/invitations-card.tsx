import { MailPlus } from "lucide-react";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { DELIVERY_LABELS } from "@/lib/domain/runs/delivery-state";
import type { InvitationEntry } from "@/lib/members/list-members";
import { withArticle } from "@/lib/words/role-labels";
import { InvitationActions } from "./invitation-actions";
import { InviteMemberDialog } from "./invite-member-dialog";

/** Invitations that nobody accepted yet, including expired ones. */
export function InvitationsCard({
  invitations,
  workspaceId,
  workspaceName,
  isMailKept,
  isOperator,
}: {
  invitations: readonly InvitationEntry[];
  workspaceId: string;
  workspaceName: string;
  isMailKept: boolean;
  isOperator: boolean;
}) {
  return (
    <Card aria-labelledby="invitations">
      <CardHeader title="Pending invitations" id="invitations" note={invitations.length === 0 ? undefined : String(invitations.length)} />
      {invitations.length === 0 ? (
        <EmptyState
          icon={MailPlus}
          title="No pending invitations"
          action={
            <InviteMemberDialog
              isMailKept={isMailKept}
              isOperator={isOperator}
              workspaceId={workspaceId}
              workspaceName={workspaceName}
              isPrimary={false}
            />
          }
        >
          People you invite appear here until they join. You can resend or revoke an invitation.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {invitations.map((invitation) => (
            <InvitationRow invitation={invitation} workspaceId={workspaceId} mayCopyLink={isMailKept && isOperator} key={invitation.id} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function InvitationRow({
  invitation,
  workspaceId,
  mayCopyLink,
}: {
  invitation: InvitationEntry;
  workspaceId: string;
  mayCopyLink: boolean;
}) {
  const { id, email, role, invitedBy, expiresAt, isExpired, mail } = invitation;
  const trouble = mail === null ? undefined : DELIVERY_LABELS[mail];
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium" title={email}>
          {email}
        </p>
        <p className="text-xs text-muted wrap-anywhere">
          As {withArticle(role)}, by {invitedBy} ·{" "}
          {isExpired ? (
            <span className="text-wait">expired, resend it</span>
          ) : (
            <>
              until <Instant at={expiresAt} format="date" />
            </>
          )}
          {trouble === undefined ? null : (
            <>
              {" "}
              · <span className={mail === "dead" || mail === "bounced" ? "text-stop" : ""}>{trouble}</span>
            </>
          )}
        </p>
      </div>
      <InvitationActions invitationId={id} email={email} workspaceId={workspaceId} mayCopyLink={mayCopyLink && !isExpired} />
    </li>
  );
}
