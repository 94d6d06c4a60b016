import { Inbox } from "lucide-react";
import { Notice } from "@/components/ui/notice";

/** Says where mail goes, as long as the console has no provider that sends it. */
export function MailboxNotice() {
  return (
    <div className="mb-4">
      <Notice tone="live" icon={Inbox} title="No mail leaves this machine.">
        Everything that would be sent is kept here, with working links. Opening a mail is written to the audit log: it may hold somebody’s sign-in link.
      </Notice>
    </div>
  );
}
