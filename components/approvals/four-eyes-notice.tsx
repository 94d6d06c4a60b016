import { Users } from "lucide-react";
import { Notice } from "@/components/ui/notice";

/** Stands where Approve would be. `isApprovable` false: nobody else could approve it either. */
export function FourEyesNotice({ size = "lg", isApprovable = true }: { size?: "md" | "lg"; isApprovable?: boolean }) {
  if (!isApprovable) {
    return (
      <Notice size={size} tone="stop" icon={Users} title="Nobody can approve this.">
        You made the key that proposed it, the action asks for four eyes, and nobody else may decide here. Reject or block it; for the next
        one, name another approver in the action, or let somebody else make the key.
      </Notice>
    );
  }
  return (
    <Notice size={size} tone="wait" icon={Users} title="Somebody else must approve this.">
      You made the key that proposed it, and the action asks for four eyes. You may still reject or block it.
    </Notice>
  );
}
