import { CircleCheck, Clock, Link2Off, MailX, UserRoundX } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { ButtonLink } from "@/components/ui/button-link";
import { Instant } from "@/components/ui/instant";
import { AuthCard, AuthFooter, AuthHead } from "@/components/users/auth-frame";
import { AuthOutcome } from "@/components/users/auth-outcome";
import type { InvitationState, InvitationView } from "@/lib/members/get-invitation";
import { roleSentence, withArticle } from "@/lib/words/role-labels";
import { JoinAsMe } from "./join-as-me";
import { JoinForm } from "./join-form";
import { SignOutTo } from "./sign-out-to";

/** The page behind an invitation's link, depending on who opens it. */
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
    return <WrongAccount invitation={invitation} signedInAs={signedInAs} token={token} />;
  return (
    <>
      <AuthHead title="You’re invited">{signedInAs === null ? invitation.email : `Signed in as ${signedInAs}`}</AuthHead>
      <AuthCard>
        <InvitationSummary invitation={invitation} />
        <JoinOptions invitation={invitation} token={token} isSignedIn={signedInAs !== null} mayMakeAccount={mayMakeAccount} />
      </AuthCard>
      {signedInAs === null && !invitation.hasAccount ? <AuthFooter>Your account is created when you select the button.</AuthFooter> : null}
    </>
  );
}

function JoinOptions({
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
      Only the operator can create accounts on this console. Ask them for one with the address {invitation.email}, then open this link
      again.
    </p>
  );
}

function WrongAccount({ invitation, signedInAs, token }: { invitation: InvitationView; signedInAs: string; token: string }) {
  return (
    <AuthCard>
      <AuthOutcome
        tone="wait"
        icon={UserRoundX}
        title="This invitation is for someone else"
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
          It was sent to <strong className="font-medium text-ink">{invitation.email}</strong>, but you’re signed in as{" "}
          <strong className="font-medium text-ink">{signedInAs}</strong>. To accept it, sign out and open the link again.
        </p>
      </AuthOutcome>
    </AuthCard>
  );
}

const CLOSED = {
  accepted: { icon: CircleCheck, title: "This invitation was already accepted" },
  expired: { icon: Clock, title: "This invitation has expired" },
  revoked: { icon: MailX, title: "This invitation was revoked" },
  unknown: { icon: Link2Off, title: "This invitation isn’t valid" },
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
      return `The person who accepted it is a member of ${opened.invitation.workspaceName}. An invitation works once.`;
    case "expired":
      return `Ask ${opened.invitation.invitedBy} to resend it. Opening it changed nothing.`;
    case "revoked":
      return `An owner or admin of ${opened.invitation.workspaceName} revoked it. Ask them if you think this is a mistake.`;
    case "unknown":
      return "The link may be incomplete, or a newer one may have replaced it. Use the link in the latest email.";
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
        Works until <Instant at={expiresAt} />. Opening this page changed nothing.
      </p>
    </div>
  );
}
