import { CircleCheck, Clock, Link2Off, MailX, UserRoundX } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { ButtonLink } from "@/components/ui/button-link";
import { Instant } from "@/components/ui/instant";
import { AuthCard, AuthHead, AuthOther } from "@/components/users/auth-frame";
import { AuthOutcome } from "@/components/users/auth-outcome";
import type { InvitationState, InvitationView } from "@/lib/members/get-invitation";
import { roleSentence, withArticle } from "@/lib/words/role-labels";
import { JoinAsMe } from "./join-as-me";
import { JoinForm } from "./join-form";
import { SignOutTo } from "./sign-out-to";

/** What an invitation's link leads to, for whoever opens it. */
export function InvitationScreen({
  opened,
  token,
  signedInAs,
  mayMakeAccount,
}: {
  opened: InvitationState;
  token: string;
  /** null: nobody. */
  signedInAs: string | null;
  mayMakeAccount: boolean;
}) {
  if (opened.state !== "open") return <ClosedInvitation opened={opened} signedInAs={signedInAs} />;
  const { invitation } = opened;
  if (signedInAs !== null && signedInAs !== invitation.email)
    return <ForSomebodyElse invitation={invitation} signedInAs={signedInAs} token={token} />;
  return (
    <>
      <AuthHead title="You are invited">{signedInAs === null ? invitation.email : `Signed in as ${signedInAs}`}</AuthHead>
      <AuthCard>
        <InvitationSummary invitation={invitation} />
        <WayIn invitation={invitation} token={token} isSignedIn={signedInAs !== null} mayMakeAccount={mayMakeAccount} />
      </AuthCard>
      {signedInAs === null && !invitation.hasAccount ? <AuthOther>The account is made when you press the button.</AuthOther> : null}
    </>
  );
}

function WayIn({
  invitation,
  token,
  isSignedIn,
  mayMakeAccount,
}: {
  invitation: InvitationView;
  token: string;
  isSignedIn: boolean;
  mayMakeAccount: boolean;
}) {
  if (isSignedIn) return <JoinAsMe token={token} workspaceName={invitation.workspaceName} />;
  if (invitation.hasAccount) {
    const query = new URLSearchParams({ next: `/invitation/${token}`, email: invitation.email });
    return (
      <ButtonLink className="md:h-9" href={`/sign-in?${query.toString()}`} variant="primary">
        Sign in to join
      </ButtonLink>
    );
  }
  if (mayMakeAccount) return <JoinForm token={token} email={invitation.email} />;
  return (
    <p>
      Accounts of this console are made by its operator. Ask them for one with the address {invitation.email}, then open this link again.
    </p>
  );
}

function ForSomebodyElse({ invitation, signedInAs, token }: { invitation: InvitationView; signedInAs: string; token: string }) {
  return (
    <AuthCard>
      <AuthOutcome
        tone="wait"
        icon={UserRoundX}
        title="This invitation is for somebody else"
        action={
          <>
            <SignOutTo href={`/invitation/${token}`}>Sign out</SignOutTo>
            <ButtonLink href="/home" variant="ghost">
              Go to my workspaces
            </ButtonLink>
          </>
        }
      >
        <p>
          It was sent to <strong className="font-medium text-ink">{invitation.email}</strong>, and you are signed in as{" "}
          <strong className="font-medium text-ink">{signedInAs}</strong>. To accept it, sign out and open it again.
        </p>
      </AuthOutcome>
    </AuthCard>
  );
}

const CLOSED = {
  accepted: { icon: CircleCheck, title: "This invitation was accepted" },
  expired: { icon: Clock, title: "This invitation is too old" },
  revoked: { icon: MailX, title: "This invitation was taken back" },
  unknown: { icon: Link2Off, title: "This invitation is not known here" },
} as const;

function ClosedInvitation({ opened, signedInAs }: { opened: Exclude<InvitationState, { state: "open" }>; signedInAs: string | null }) {
  const { icon, title } = CLOSED[opened.state];
  const way = signedInAs === null ? { href: "/sign-in", label: "Sign in" } : { href: "/home", label: "Go to my workspaces" };
  return (
    <AuthCard>
      <AuthOutcome tone="no" icon={icon} title={title} action={<ButtonLink href={way.href}>{way.label}</ButtonLink>}>
        <p>{closedText(opened)}</p>
      </AuthOutcome>
    </AuthCard>
  );
}

function closedText(opened: Exclude<InvitationState, { state: "open" }>): string {
  switch (opened.state) {
    case "accepted":
      return `Whoever accepted it is a member of ${opened.invitation.workspaceName}. An invitation works once.`;
    case "expired":
      return `Ask ${opened.invitation.invitedBy} to mail it again. Nothing was changed by opening it.`;
    case "revoked":
      return `An owner or admin of ${opened.invitation.workspaceName} took it back. Ask them if you think that is wrong.`;
    case "unknown":
      return "The link was not copied whole, or a newer one was mailed. Open it from the newest mail.";
  }
}

/** Who invites to what, and what one may do there. */
function InvitationSummary({ invitation: { workspaceName, clientName, role, invitedBy, expiresAt } }: { invitation: InvitationView }) {
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
