import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { timeLeft } from "@/lib/domain/time/time-left";
import { MINUTE_MS } from "@/lib/domain/time/units";
import type { Routing } from "@/lib/registered-actions/list-routing";

/** Who approves which action, and within what time. */
export function RoutingCard({
  routing,
  more,
  changeHref,
  actionsHref,
}: {
  routing: readonly Routing[];
  more: number;
  changeHref: string | null;
  actionsHref: string;
}) {
  return (
    <Card aria-labelledby="who-is-asked">
      <CardHeader
        title="Approvers"
        id="who-is-asked"
        actions={
          changeHref === null ? undefined : (
            <Link className="pr-2 text-xs text-link no-underline hover:underline" href={changeHref}>
              Change
            </Link>
          )
        }
      />
      <CardBody className="px-4 py-2.5">
        {routing.length === 0 ? (
          <p className="py-1 text-muted">No active action requires approval.</p>
        ) : (
          <dl className="grid">
            {routing.map(({ actionName, actionTitle, people, windowMinutes }) => (
              <div className="flex items-baseline justify-between gap-3 py-1" key={actionName}>
                <dt className="min-w-0 truncate text-muted" title={`${actionTitle} (${actionName})`}>
                  {actionTitle}
                </dt>
                <dd className="flex-none tabular-nums">
                  {peopleWords(people)}, {timeLeft(new Date(windowMinutes * MINUTE_MS), new Date(0))}
                </dd>
              </div>
            ))}
          </dl>
        )}
        {more === 0 ? null : (
          <p className="pt-1 text-xs">
            <Link className="text-link" href={actionsHref}>
              {more} more {more === 1 ? "action" : "actions"}
            </Link>
          </p>
        )}
      </CardBody>
    </Card>
  );
}

function peopleWords(people: number | null): string {
  if (people === null) return "workspace";
  return people === 1 ? "1 person" : `${people} people`;
}
