import { KeyRound, type LucideIcon, Settings2, Terminal } from "lucide-react";
import { VisibleText } from "@/components/action-runs/visible-text";
import { Avatar } from "@/components/ui/avatar";
import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import type { ActivityEvent } from "@/lib/audit/list-audit-events";

type Who = ActivityEvent["who"];

const MARKS: Record<Exclude<Who["kind"], "person">, LucideIcon> = { key: KeyRound, console: Settings2, command_line: Terminal };

/** One sentence an event: who did what to what, from which value to which. */
export function ActivityList({ events, workspaceId }: { events: readonly ActivityEvent[]; workspaceId: string }) {
  return (
    <ol>
      {events.map((event) => (
        <li
          className="grid grid-cols-[22px_minmax(0,1fr)_auto] items-start gap-x-3 gap-y-0.5 border-t border-line px-4 py-2.5 first:border-t-0 max-md:grid-cols-[22px_minmax(0,1fr)]"
          key={event.id}
        >
          <WhoMark who={event.who} />
          <div className="min-w-0 pt-px">
            <p className="wrap-anywhere">
              <span className="font-semibold">
                <VisibleText text={event.who.name} />
              </span>{" "}
              <Sentence event={event} />
              {event.runId === null ? null : (
                <>
                  ,{" "}
                  <Link className="text-link" href={`/workspaces/${workspaceId}/runs/${event.runId}`}>
                    the run
                  </Link>
                </>
              )}
              {event.who.detail === null ? null : (
                <span className="text-xs text-muted">
                  {" "}
                  · <VisibleText text={event.who.detail} />
                </span>
              )}
            </p>
            {event.comment === null ? null : (
              <p className="mt-0.5 border-l-2 border-line-strong pl-2.5 text-muted wrap-anywhere">
                <VisibleText text={event.comment} />
              </p>
            )}
          </div>
          <span className="pt-0.5 text-xs text-muted tabular-nums max-md:col-start-2">
            <Instant at={event.at} format="short" />
          </span>
        </li>
      ))}
    </ol>
  );
}

function WhoMark({ who }: { who: Who }) {
  if (who.kind === "person") return <Avatar name={who.name} />;
  const Icon = MARKS[who.kind];
  return (
    <span className="grid size-[22px] place-items-center rounded-full border border-line-strong text-muted" aria-hidden="true">
      <Icon className="size-3" strokeWidth={2} />
    </span>
  );
}

function Sentence({ event }: { event: ActivityEvent }) {
  return event.sentence.map((part, place) => {
    if (typeof part === "string")
      return (
        <span key={place}>
          <VisibleText text={part} />
        </span>
      );
    if ("strong" in part)
      return (
        <span className="font-medium" key={place}>
          <VisibleText text={part.strong} />
        </span>
      );
    return (
      <code className="font-mono text-xs" key={place}>
        <VisibleText text={part.code} />
      </code>
    );
  });
}
