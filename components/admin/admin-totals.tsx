import { Link } from "@/components/ui/link";
import { Stat, Stats } from "@/components/ui/stat";
import { timeLeft } from "@/lib/domain/time/time-left";
import type { ConsoleTotals } from "@/lib/overview/get-console-totals";

const NOTE_LINK = "text-link no-underline hover:underline";

/** The whole console in six numbers. */
export function AdminTotals({ totals }: { totals: ConsoleTotals }) {
  return (
    <Stats label="Totals">
      <Stat
        label={
          <Link className={NOTE_LINK} href="/admin/users">
            Users
          </Link>
        }
        value={totals.users}
        note="Accounts on this console"
      />
      <Stat
        label={
          <Link className={NOTE_LINK} href="/admin/workspaces">
            Workspaces
          </Link>
        }
        value={totals.workspaces}
        note="Not counting deleted ones"
      />
      <Stat label="Runs today" value={totals.runsToday} note={`${totals.runsThisMonth.toLocaleString("en-US")} this month, in UTC`} />
      <Stat
        label="Pending approval"
        value={totals.pending}
        note={totals.oldestPendingAt === null ? "No pending runs" : `Oldest pending for ${timeLeft(totals.now, totals.oldestPendingAt)}`}
      />
      <Stat label="In doubt" value={totals.inDoubt} note={totals.inDoubt === 0 ? "Nothing to settle" : "For workspaces to settle"} />
      <Stat
        label="Emails queued"
        value={totals.mailsQueued}
        note={totals.mailsFailed === 0 ? "None failed in 30 days" : `${totals.mailsFailed.toLocaleString("en-US")} failed in 30 days`}
      />
    </Stats>
  );
}
