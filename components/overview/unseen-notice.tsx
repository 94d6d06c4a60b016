import { EyeOff } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";

/** The alarm of a workspace: runs wait, and nobody has opened them. */
export function UnseenNotice({ count, workspaceId }: { count: number; workspaceId: string }) {
  return (
    <div className="mb-4">
      <Notice
        tone="wait"
        icon={EyeOff}
        title={count === 1 ? "Nobody has seen a run that waits." : `Nobody has seen ${count.toLocaleString("en-US")} runs that wait.`}
        action={
          <ButtonLink href={`/approvals?workspace=${workspaceId}`} size="sm">
            Open the queue
          </ButtonLink>
        }
      >
        Neither the page in a mail nor the request in the console was opened. Without an answer a run is rejected when its time is over.
      </Notice>
    </div>
  );
}
