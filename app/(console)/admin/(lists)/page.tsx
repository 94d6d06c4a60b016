import type { Metadata } from "next";
import { AdminFrame } from "@/components/admin/admin-frame";
import { AdminTotals } from "@/components/admin/admin-totals";
import { HealthCard } from "@/components/admin/health-card";
import { MailSettingCard } from "@/components/admin/mail-setting-card";
import { RecentRuns } from "@/components/admin/recent-runs";
import { ConsoleFreezeCard } from "@/components/freezes/console-freeze-card";
import { listRecentRuns } from "@/lib/action-runs/list/list-recent-runs";
import { requireOperator } from "@/lib/auth/require-operator";
import { consoleVersion } from "@/lib/console-version";
import { getEnv } from "@/lib/env";
import { listConsoleFreezes } from "@/lib/freezes/list-freezes";
import { getReadiness } from "@/lib/health/get-readiness";
import { mailATest } from "@/lib/mailer/server-actions";
import { mailProviderWords } from "@/lib/notifications/mail-provider-name";
import { getConsoleTotals } from "@/lib/overview/get-console-totals";

export const metadata: Metadata = { title: "Admin" };

const RECENT_RUNS = 20;

/** The whole console at a glance, for its operator. */
export default async function AdminPage() {
  const ctx = await requireOperator();
  const [totals, readiness, runs, freezes] = await Promise.all([
    getConsoleTotals(ctx),
    getReadiness(),
    listRecentRuns(ctx, RECENT_RUNS),
    listConsoleFreezes(ctx),
  ]);
  return (
    <AdminFrame tab="Totals">
      <AdminTotals totals={totals} />
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)_340px] items-start gap-4 max-[1420px]:grid-cols-1">
        <RecentRuns runs={runs} />
        <div className="grid gap-4">
          <HealthCard readiness={readiness} />
          <ConsoleFreezeCard freezes={freezes} />
          <MailSettingCard provider={mailProviderWords()} from={getEnv().DAAI_MAIL_FROM} version={consoleVersion()} sendTest={mailATest} />
        </div>
      </div>
    </AdminFrame>
  );
}
