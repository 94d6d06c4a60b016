import { Avatar } from "@/components/ui/avatar";
import { Instant } from "@/components/ui/instant";
import { roleSentence, withArticle } from "@/lib/words/role-words";
import type { InvitationView } from "@/lib/members/get-invitation";

/** Who invites to what, and what one may do there. */
export function InvitationSummary({
  invitation: { workspaceName, clientName, role, invitedBy, expiresAt },
}: {
  invitation: InvitationView;
}) {
  return (
    <div className="grid gap-3">
      <div className="flex items-center gap-3 rounded-lg border border-line bg-inset p-3">
        <Avatar name={workspaceName} isSquare size="lg" />
        <div className="min-w-0">
          <p className="font-medium wrap-anywhere">{workspaceName}</p>
          <p className="text-xs text-muted wrap-anywhere">for {clientName}</p>
        </div>
      </div>
      <p className="wrap-anywhere">
        <strong className="font-medium">{invitedBy}</strong> invites you to join as{" "}
        <strong className="font-medium">{withArticle(role)}</strong>. <span className="text-muted">{roleSentence(role)}</span>
      </p>
      <p className="text-xs text-muted">
        Works until <Instant at={expiresAt} />. Opening this page has changed nothing.
      </p>
    </div>
  );
}
