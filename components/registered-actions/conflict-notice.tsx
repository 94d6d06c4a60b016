import { Users } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import type { EditConflict } from "./use-action-form";

/** After somebody else was faster: what stands in the form now. */
export function ConflictNotice({ conflict }: { conflict: EditConflict }) {
  return (
    <Notice tone="wait" icon={Users} title={`${conflict.by} saved first`} role="status">
      {conflict.at === null ? null : (
        <>
          <RelativeTime at={conflict.at} />.{" "}
        </>
      )}
      {conflict.hasTyped
        ? "What they changed stands in the fields that you had not touched; what you typed is kept. Look at it, then save again."
        : "The form shows the action as it is now."}
    </Notice>
  );
}
