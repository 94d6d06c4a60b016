import { Unplug } from "lucide-react";
import { Instant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import type { RunView } from "@/lib/action-runs/show/run-view";

/** An approved, unclaimed run: until when it can be claimed, or that it lapsed. */
export function UncollectedPanel({ run: { approvalValidUntil, isUncollected } }: { run: RunView }) {
  if (isUncollected) {
    return (
      <div className="mb-4">
        <Notice tone="stop" icon={Unplug} title="Approved, and never collected.">
          No worker claimed this run while its approval was valid, so nothing will run. Check that your app or runner is running, and
          propose it again.
        </Notice>
      </div>
    );
  }
  if (approvalValidUntil === null) return null;
  return (
    <div className="mb-4">
      <Notice tone="no" icon={Unplug} title="Approved, and not collected yet.">
        The approval lapses on <Instant at={approvalValidUntil} /> if no worker claims the run by then.
      </Notice>
    </div>
  );
}
