"use client";

import { Copy } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { failureMessage } from "@/components/ui/failure-messages";
import { useToast } from "@/components/ui/toast";
import { inLocalTime } from "@/components/users/in-local-time";
import { findInvitationLink, mailInvitationAgain, takeInvitationBack } from "@/lib/members/server-actions";

export function InvitationActions({
  invitationId,
  email,
  workspaceId,
  mayCopyLink,
}: {
  invitationId: string;
  email: string;
  workspaceId: string;
  /** Its email was stored, and the reader is the operator. */
  mayCopyLink: boolean;
}) {
  const router = useRouter();
  const toast = useToast();
  const [isMailing, setIsMailing] = useState(false);

  const mailAgain = async () => {
    setIsMailing(true);
    const outcome = await inLocalTime(mailInvitationAgain(workspaceId, { invitationId })).catch((error: unknown) => ({
      ok: false as const,
      detail: failureMessage(error),
    }));
    setIsMailing(false);
    if (outcome.ok) toast.show({ tone: "ok", title: "Invitation resent", children: `The earlier link to ${email} no longer works.` });
    else toast.show({ tone: "stop", title: "Invitation not sent", children: outcome.detail });
    router.refresh();
  };
  const copyLink = async () => {
    const outcome = await findInvitationLink({ invitationId }).catch((error: unknown) => ({
      ok: false as const,
      detail: failureMessage(error),
    }));
    if (!outcome.ok) return toast.show({ tone: "stop", title: "No link yet", children: outcome.detail });
    await navigator.clipboard.writeText(outcome.link);
    toast.show({ tone: "ok", title: "Link copied", children: `Give it to ${email}. It works once and only for that address.` });
  };
  const takeBack = async () => {
    const outcome = await takeInvitationBack(workspaceId, { invitationId });
    if (outcome.ok) toast.show({ tone: "ok", title: "Invitation revoked" });
    router.refresh();
    return outcome;
  };

  return (
    <div className="flex flex-wrap gap-2">
      {mayCopyLink ? (
        <Button size="sm" icon={<Copy />} aria-label={`Copy link, for ${email}`} onClick={() => void copyLink()}>
          Copy link
        </Button>
      ) : null}
      <Button
        size="sm"
        isBusy={isMailing}
        busyLabel="Resending"
        aria-label={`Resend the invitation to ${email}`}
        onClick={() => void mailAgain()}
      >
        Resend
      </Button>
      <ConfirmDialog
        title="Revoke invitation?"
        confirmLabel="Revoke invitation"
        busyLabel="Revoking"
        cancelLabel="Keep invitation"
        trigger={
          <Button size="sm" variant="ghost" aria-label={`Revoke the invitation to ${email}`}>
            Revoke
          </Button>
        }
        onConfirm={takeBack}
      >
        <p className="wrap-anywhere">The link in the email to {email} will stop working. You can invite them again.</p>
      </ConfirmDialog>
    </div>
  );
}
