import { ArrowRight } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { Card, CardHeader } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { RecentRuns } from "./recent-runs";

/** How much the action is used, and the way to its runs. */
export function ActionRuns({
  workspaceId,
  name,
  recentRuns,
  lastRunAt,
}: {
  workspaceId: string;
  name: string;
  recentRuns: number;
  lastRunAt: Date | null;
}) {
  return (
    <Card aria-labelledby="runs">
      <CardHeader title="Runs" id="runs" note="30 days" />
      <div className="flex items-end justify-between gap-3 px-4 py-3.5">
        <div>
          <p className="text-2xl leading-none font-semibold tracking-display tabular-nums">
            <RecentRuns count={recentRuns} />
          </p>
          <p className="mt-1.5 text-xs text-muted">
            {lastRunAt === null ? (
              "never proposed yet"
            ) : (
              <>
                last proposed <RelativeTime at={lastRunAt} />
              </>
            )}
          </p>
        </div>
        <ButtonLink href={`/workspaces/${workspaceId}/runs?action=${name}`} size="sm">
          Show runs
          <ArrowRight className="size-3.5" strokeWidth={2} aria-hidden="true" />
        </ButtonLink>
      </div>
    </Card>
  );
}
