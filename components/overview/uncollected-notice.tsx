import { Unplug } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";

/** Alerts the workspace that people approve runs, but no worker claims them. */
export function UncollectedNotice({ count, workspaceId }: { count: number; workspaceId: string }) {
  return (
    <div className="mb-4">
      <Notice
        tone="wait"
        icon={Unplug}
        title={
          count === 1 ? "An approved run was never collected." : `${count.toLocaleString("en-US")} approved runs were never collected.`
        }
        action={
          <ButtonLink href={`/workspaces/${workspaceId}/runs?ended=approval_lapsed`} size="sm">
            Show lapsed runs
          </ButtonLink>
        }
      >
        {count === 1 ? "Its approval" : "Their approvals"} lapsed in the last seven days because no worker claimed{" "}
        {count === 1 ? "it" : "them"}. Check that your app or runner is running.
      </Notice>
    </div>
  );
}
