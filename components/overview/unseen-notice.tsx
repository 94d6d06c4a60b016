import { EyeOff } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";

/** Alerts the workspace that runs wait, and no one has opened them. */
export function UnseenNotice({ count, workspaceId }: { count: number; workspaceId: string }) {
  return (
    <div className="mb-4">
      <Notice
        tone="wait"
        icon={EyeOff}
        title={count === 1 ? "Nobody has opened a pending run." : `Nobody has opened ${count.toLocaleString("en-US")} pending runs.`}
        action={
          <ButtonLink href={`/approvals?workspace=${workspaceId}`} size="sm">
            Open the queue
          </ButtonLink>
        }
      >
        Not from an email and not in the console. If nobody decides in time, a run is rejected.
      </Notice>
    </div>
  );
}
