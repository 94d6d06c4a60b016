import { Inbox, Send } from "lucide-react";
import { Notice } from "@/components/ui/notice";

/** Says where mail goes. */
export function MailboxNotice({ isMailKept }: { isMailKept: boolean }) {
  if (!isMailKept) {
    return (
      <div className="mb-4">
        <Notice tone="no" icon={Send} title="Mail leaves by your provider.">
          Here is only what was written while none was set. What became of a mail about a run stands on the run’s page.
        </Notice>
      </div>
    );
  }
  return (
    <div className="mb-4">
      <Notice tone="live" icon={Inbox} title="No mail leaves this machine.">
        Everything that would be sent is kept here, with working links. Opening a mail is written to the audit log: it may hold somebody’s
        sign-in link.
      </Notice>
    </div>
  );
}
