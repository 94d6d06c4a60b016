import { Users } from "lucide-react";
import { Notice } from "@/components/ui/notice";

/** Shown in place of Approve. `isApprovable` false: too few others could approve it. */
export function SelfApprovalNotice({ size = "lg", isApprovable = true }: { size?: "md" | "lg"; isApprovable?: boolean }) {
  if (!isApprovable) {
    return (
      <Notice size={size} tone="stop" icon={Users} title="This can’t be approved.">
        It was proposed with a key you created, this action doesn’t allow self-approval, and not enough other people can approve it. Reject
        or block it. For the next one, add another approver to the action, or have someone else create the key.
      </Notice>
    );
  }
  return (
    <Notice size={size} tone="wait" icon={Users} title="Someone else must approve this.">
      It was proposed with a key you created, and this action doesn’t allow self-approval. You can still reject or block it.
    </Notice>
  );
}
