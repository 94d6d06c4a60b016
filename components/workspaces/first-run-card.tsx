import { CircleCheck, LoaderCircle } from "lucide-react";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { Link } from "@/components/ui/link";
import type { Setup } from "@/lib/overview/get-setup";

/** What the page listens for. It is there, in its place, before the run is and after. */
export function FirstRunCard({ firstRun, workspaceId, isDone }: { firstRun: Setup["firstRun"]; workspaceId: string; isDone: boolean }) {
  const runPath = firstRun === null ? null : `/workspaces/${workspaceId}/runs/${firstRun.id}`;
  return (
    <section
      className={`grid grid-cols-[24px_minmax(0,1fr)] gap-x-3 rounded-lg border p-4 transition-colors ${firstRun === null ? "border-accent-line bg-accent-soft" : "border-ok-line bg-ok-soft"}`}
      role="status"
    >
      {firstRun === null ? (
        <LoaderCircle className="size-5 animate-turn text-live" strokeWidth={2.25} aria-hidden="true" />
      ) : (
        <CircleCheck className="size-5 text-ok" strokeWidth={2} aria-hidden="true" />
      )}
      <div className="min-w-0">
        {firstRun === null ? (
          <>
            <h2 className="text-sm">Waiting for your first run…</h2>
            <p className="mt-0.5 text-muted">This card turns green when your first run arrives. No need to reload.</p>
            <p className="mt-2 text-xs">
              <Link className="text-link" href="/docs/troubleshooting">
                Not seeing your run?
              </Link>
            </p>
          </>
        ) : (
          <>
            <h2 className="text-sm">{isDone ? "Everything works" : "Your first run has arrived"}</h2>
            <p className="mt-1.5">
              <GovernanceBadge status={firstRun.status} reason={firstRun.reason} />
            </p>
            <p className="mt-2 text-muted">
              {firstRun.status === "pending_approval"
                ? "It needs a decision. Nothing has been executed."
                : "The receipt records what was proposed and what was decided."}
            </p>
            <p className="mt-2">
              <Link className="text-link" href={runPath ?? "#"}>
                Open the run
              </Link>
            </p>
          </>
        )}
      </div>
    </section>
  );
}
