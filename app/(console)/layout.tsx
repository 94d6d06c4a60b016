import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { FreezeBanner } from "@/components/freezes/freeze-banner";
import { LiveDot } from "@/components/live/live-dot";
import { RefreshWhenLive } from "@/components/live/refresh-when-live";
import { ConsoleShell } from "@/components/shell/console-shell";
import { LAST_WORKSPACE_COOKIE } from "@/components/shell/last-workspace";
import { countWaiting } from "@/lib/approvals/count-waiting";
import { requireSessionUser, requireUser } from "@/lib/auth/require-user";
import { getEnv } from "@/lib/env";
import { listMyFreezes } from "@/lib/freezes/list-freezes";
import { cookieName } from "@/lib/net/base-path";
import { listWorkspaceChoices } from "@/lib/workspaces/list-workspace-choices";

/** Nobody sees a page of the console without a session; each page asks again for what it shows. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const [{ name, email, isOperator }, ctx] = await Promise.all([requireSessionUser(), requireUser()]);
  const [workspaces, waitingCount, freezes, cookieJar] = await Promise.all([
    listWorkspaceChoices(ctx),
    countWaiting(ctx),
    listMyFreezes(ctx),
    cookies(),
  ]);
  return (
    <ConsoleShell
      user={{ name, email, isOperator }}
      workspaces={workspaces}
      waitingCount={waitingCount}
      lastWorkspaceId={cookieJar.get(cookieName(getEnv().DAAI_PUBLIC_URL, LAST_WORKSPACE_COOKIE))?.value ?? null}
      live={
        <>
          <LiveDot />
          <RefreshWhenLive topics={["approvals", "workspace", "members"]} />
        </>
      }
      banner={<FreezeBanner freezes={freezes} />}
    >
      {children}
    </ConsoleShell>
  );
}
