import { RotateCcw } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { RunView } from "@/lib/action-runs/show/run-view";
import { PreviousAttemptNotice } from "./previous-attempt-notice";

/** The run that this one asks again after, and the one that asks again after it. */
export function RunAttempts({ run: { previous, nextRunId }, base, reader }: { run: RunView; base: string; reader: string | null }) {
  if (previous === null && nextRunId === null) return null;
  return (
    <div className="mb-4 grid gap-2">
      <PreviousAttemptNotice previous={previous} reader={reader} runHref={previous && `${base}/runs/${previous.runId}`} />
      {nextRunId === null ? null : (
        <Notice tone="no" icon={RotateCcw} title="The app asked again.">
          <Link className="rounded-sm text-link hover:underline" href={`${base}/runs/${nextRunId}`}>
            Open the next run
          </Link>
        </Notice>
      )}
    </div>
  );
}
