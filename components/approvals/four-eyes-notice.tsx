import { Users } from "lucide-react";
import { Notice } from "@/components/ui/notice";

/** Stands where Approve would be. */
export function FourEyesNotice({ size = "lg" }: { size?: "md" | "lg" }) {
  return (
    <Notice size={size} tone="wait" icon={Users} title="Somebody else must approve this.">
      You made the key that proposed it, and the action asks for four eyes. You may still reject or block it.
    </Notice>
  );
}
