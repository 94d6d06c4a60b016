import { Inbox, Send } from "lucide-react";
import { Notice } from "@/components/ui/notice";

/** Explains where email goes. */
export function MailboxNotice({ isMailKept }: { isMailKept: boolean }) {
  if (!isMailKept) {
    return (
      <div className="mb-4">
        <Notice tone="no" icon={Send} title="Emails are sent through your provider.">
          This page lists only emails written before a provider was set. For emails about a run, see the run’s page.
        </Notice>
      </div>
    );
  }
  return (
    <div className="mb-4">
      <Notice tone="live" icon={Inbox} title="No email leaves this machine.">
        They’re stored here instead, with working links. Opening one is recorded in the audit log, because it can contain someone’s sign-in
        link.
      </Notice>
    </div>
  );
}
