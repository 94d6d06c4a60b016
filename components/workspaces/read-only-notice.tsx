import { Eye } from "lucide-react";
import { Notice } from "@/components/ui/notice";

export function ReadOnlyNotice() {
  return (
    <Notice tone="no" icon={Eye} title="Read-only.">
      Only workspace owners and admins can change this.
    </Notice>
  );
}
