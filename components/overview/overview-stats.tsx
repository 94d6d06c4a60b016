import { CircleHelp } from "lucide-react";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Stat, Stats } from "@/components/ui/stat";
import type { RunCounts } from "@/lib/action-runs/list/get-run-counts";
import type { Waiting } from "@/lib/action-runs/list/get-waiting";
import { timeLeft } from "@/lib/domain/time/time-left";

const NOTE_LINK = "text-link no-underline hover:underline";

/** What waits now, and the outcomes of the range's runs. */
export function OverviewStats({
  rangeWords,
  waiting,
  counts,
  secondsToDecide,
  approvalsHref,
  runsHref,
}: {
  rangeWords: string;
  waiting: Waiting;
  counts: RunCounts;
  secondsToDecide: number | null;
  approvalsHref: string;
  /** URL of the workspace's runs; the URL of each run continues it. */
  runsHref: string;
}) {
  const { sums } = counts;
  return (
    <Stats label={`Counts, ${rangeWords}`}>
      <Stat
        label={<GovernanceBadge status="pending_approval" quiet />}
        value={waiting.pending}
        note={<PendingNote waiting={waiting} href={approvalsHref} />}
      />
      <Stat
        label={<GovernanceBadge status="allowed" quiet />}
        value={sums.allowed}
        note={counts.runs === 0 ? "No runs" : `${percent(sums.allowed, counts.runs)} of runs`}
      />
      <Stat
        label={<GovernanceBadge status="approved" quiet />}
        value={sums.approved}
        note={secondsToDecide === null ? "No decisions yet" : `Median ${duration(secondsToDecide)} to decide`}
      />
      <Stat
        label={<GovernanceBadge status="rejected" quiet />}
        value={sums.rejected}
        note={counts.expired === 0 ? "None expired" : `${counts.expired.toLocaleString("en-US")} of them expired`}
      />
      <Stat label={<GovernanceBadge status="blocked" quiet />} value={sums.blocked} note={unknownWords(counts.unknownAction)} />
      <Stat
        label={<Badge tone="wait" icon={CircleHelp} label="In doubt" title="The claim expired without a report" quiet />}
        value={waiting.inDoubt}
        note={<DoubtNote waiting={waiting} href={runsHref} />}
      />
    </Stats>
  );
}

function PendingNote({ waiting, href }: { waiting: Waiting; href: string }) {
  if (waiting.oldestPendingAt === null) return "No pending runs";
  return (
    <Link className={NOTE_LINK} href={href}>
      Oldest pending for {timeLeft(waiting.now, waiting.oldestPendingAt)}
    </Link>
  );
}

function DoubtNote({ waiting, href }: { waiting: Waiting; href: string }) {
  if (waiting.inDoubtRunId === null) return "Nothing to settle";
  return (
    <Link className={NOTE_LINK} href={waiting.inDoubt === 1 ? `${href}/${waiting.inDoubtRunId}` : `${href}?execution=in_doubt`}>
      {waiting.inDoubt === 1 ? "Settle run" : "Settle runs"}
    </Link>
  );
}

function percent(part: number, whole: number): string {
  const share = (100 * part) / whole;
  if (part > 0 && share < 1) return "Under 1%";
  return `${part < whole ? Math.min(99, Math.round(share)) : 100}%`;
}

function duration(seconds: number): string {
  return seconds < 60 ? "under 1 min" : timeLeft(new Date(seconds * 1000), new Date(0));
}

function unknownWords(count: number): string {
  if (count === 0) return "No unknown actions";
  return `${count.toLocaleString("en-US")} unknown ${count === 1 ? "action" : "actions"}`;
}
