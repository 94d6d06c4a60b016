"use client";

import { Inbox, MailCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { AuthOutcome } from "./auth-outcome";

/** The same response for everyone, whether the account exists or not. */
export function CheckYourMail({
  isMailKept,
  onBack,
  children,
}: {
  /** The console keeps its email instead of sending it. */
  isMailKept: boolean;
  onBack: () => void;
  children: ReactNode;
}) {
  return (
    <AuthOutcome
      tone="live"
      icon={isMailKept ? Inbox : MailCheck}
      title={isMailKept ? "Check the console’s mailbox" : "Check your email"}
      action={<Button onClick={onBack}>Use another address</Button>}
    >
      <p role="status">{children}</p>
      {isMailKept ? (
        <p className="text-xs">
          This console has no email provider, so emails are stored instead of sent. The operator can read them with{" "}
          <code className="block font-mono whitespace-nowrap text-ink">npm run -s admin -- mailbox list</code>
        </p>
      ) : (
        <p className="text-xs">Not there after a minute? Check your spam folder.</p>
      )}
    </AuthOutcome>
  );
}
