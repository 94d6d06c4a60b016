import { Monitor, Smartphone } from "lucide-react";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { RelativeTime } from "@/components/ui/relative-time";
import { Tag } from "@/components/ui/tag";
import type { AccountSession } from "@/lib/users/get-account";
import { deviceLabel, isHandheld } from "@/lib/words/device-labels";
import { EndSessionButton } from "./end-session-button";
import { SignOutEverywhere } from "./sign-out-everywhere";

/** Where the account is signed in, this browser first. */
export function SessionsCard({ sessions }: { sessions: readonly AccountSession[] }) {
  return (
    <Card aria-labelledby="sessions">
      <CardHeader title="Sessions" id="sessions" actions={<SignOutEverywhere count={sessions.length} />} />
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <SessionRow session={session} key={session.id} />
        ))}
      </ul>
      <p className="border-t border-line px-4 py-2.5 text-xs text-muted">Don’t recognize a session? End it, then change your password.</p>
    </Card>
  );
}

function SessionRow({ session }: { session: AccountSession }) {
  const Icon = isHandheld(session.userAgent) ? Smartphone : Monitor;
  const device = deviceLabel(session.userAgent);
  return (
    <li className="flex min-h-14 items-center gap-3 px-4 py-2.5">
      <Icon className="size-4 flex-none text-subtle" strokeWidth={1.75} aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 font-medium" title={session.userAgent ?? undefined}>
          {device}
          {session.isThisOne ? <Tag isAccent>this browser</Tag> : null}
        </p>
        <p className="text-xs text-muted wrap-anywhere">
          {session.clientAddress === null ? null : <span className="font-mono text-2xs">{session.clientAddress}</span>}
          {session.clientAddress === null ? null : " · "}
          {session.isThisOne ? (
            "active now"
          ) : (
            <>
              last seen <RelativeTime at={session.lastSeenAt} />
            </>
          )}{" "}
          · signed in {session.method === "link" ? "with a link" : "with a password"}, <Instant at={session.createdAt} format="short" />
        </p>
      </div>
      {session.isThisOne ? null : <EndSessionButton sessionId={session.id} device={device} />}
    </li>
  );
}
