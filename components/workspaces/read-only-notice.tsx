import { Eye } from "lucide-react";
import { Notice } from "@/components/ui/notice";

export function ReadOnlyNotice() {
  return (
    <Notice tone="no" icon={Eye} title="To read only.">
      Owners and admins of the workspace change this.
    </Notice>
  );
}
