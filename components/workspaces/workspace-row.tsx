import type { LucideProps } from "lucide-react";
import { CircleHelp, Clock, EyeOff, List } from "lucide-react";
import type { ComponentType } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/relative-time";
import { Tag } from "@/components/ui/tag";
import { TONE_BOX } from "@/components/ui/tone";
import { ROLE_LABELS } from "@/lib/words/role-labels";
import type { MyWorkspace } from "@/lib/workspaces/list-my-workspaces";

const MAX_COUNTED = 10_000;

/** One workspace: whose it is, what waits there, and a way in. What needs nobody has no fill. */
export function WorkspaceRow({
  workspace,
  waiting,
}: {
  workspace: MyWorkspace /** Runs that the reader can decide now. */;
  waiting: number;
}) {
  const { id, name, clientName, inDoubt, unseen, runsThisMonth, lastRunAt } = workspace;
  const path = `/workspaces/${id}`;
  return (
    <li className="relative grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-3 border-t border-line px-4 py-3.5 transition-colors first:border-t-0 hover:bg-hover max-md:grid-cols-1">
      <div className="flex min-w-0 items-center gap-3">
        <Avatar name={name} isSquare size="lg" />
        <div className="min-w-0">
          <div className="flex min-w-0 flex-wrap items-center gap-x-2">
            <h3 className="min-w-0 text-md">
              <Link
                className="rounded-sm wrap-anywhere after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
                href={lastRunAt === null ? `${path}/setup` : path}
              >
                {name}
              </Link>
            </h3>
            <Tag>{ROLE_LABELS[workspace.role].title.toLowerCase()}</Tag>
          </div>
          <p className="text-xs wrap-anywhere text-muted">
            {clientName}
            <span aria-hidden="true"> · </span>
            {lastRunAt === null ? (
              "no runs yet, setup in progress"
            ) : (
              <>
                last run <RelativeTime at={lastRunAt} />
              </>
            )}
          </p>
          {unseen === 0 ? null : (
            <p className="flex items-center gap-1.5 text-xs font-medium text-wait">
              <EyeOff className="size-3.5 flex-none" strokeWidth={2} aria-hidden="true" />
              {unseen === 1 ? "1 pending run that nobody has opened" : `${unseen} pending runs that nobody has opened`}
            </p>
          )}
        </div>
      </div>
      <ul className="flex flex-wrap items-stretch gap-2 max-md:grid max-md:grid-cols-3">
        <Count icon={Clock} label="waiting for you" value={waiting} href={waiting > 0 ? `/approvals?workspace=${id}` : undefined} />
        <Count icon={CircleHelp} label="in doubt" value={inDoubt} href={inDoubt > 0 ? `${path}/runs?execution=in_doubt` : undefined} />
        <Count icon={List} label={runsThisMonth === 1 ? "run this month" : "runs this month"} value={runsThisMonth} />
      </ul>
    </li>
  );
}

/** Filled if it links somewhere, because it needs someone; plain otherwise. */
function Count({ icon: Icon, label, value, href }: { icon: ComponentType<LucideProps>; label: string; value: number; href?: string }) {
  const look = "grid min-w-[92px] content-start rounded-md border px-2.5 py-1 max-md:min-w-0";
  const content = (
    <>
      <span className={`flex items-center gap-1.5 text-md font-semibold tabular-nums ${href === undefined && value > 0 ? "text-ink" : ""}`}>
        <Icon className="size-3.5 flex-none" strokeWidth={2} aria-hidden="true" />
        {value > MAX_COUNTED ? "10,000+" : value.toLocaleString("en-US")}
      </span>
      <span className="text-2xs">{label}</span>
    </>
  );
  if (href === undefined) return <li className={`border-transparent text-muted ${look}`}>{content}</li>;
  return (
    <li>
      <Link className={`relative z-1 ${TONE_BOX.wait} ${look}`} href={href}>
        {content}
      </Link>
    </li>
  );
}
