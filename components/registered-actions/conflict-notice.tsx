import { Users } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";

/** Someone else saved while this form was open. */
export interface EditConflict {
  by: string;
  at: string | null;
  hasTyped: boolean;
}

/** Shown after someone else saved first: what the form contains now. */
export function ConflictNotice({ conflict }: { conflict: EditConflict }) {
  return (
    <Notice tone="wait" icon={Users} title={`${conflict.by} saved first`} role="status">
      {conflict.at === null ? null : (
        <>
          <RelativeTime at={conflict.at} />.{" "}
        </>
      )}
      {conflict.hasTyped
        ? "Their changes are in the fields you hadn’t touched, and what you typed is unchanged. Check the form, then save again."
        : "The form shows the action as it is now."}
    </Notice>
  );
}
