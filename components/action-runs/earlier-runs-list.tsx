import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { parseRunSearch } from "@/lib/action-runs/list/schema";
import { EARLIER_MS, type EarlierRuns } from "@/lib/domain/runs/earlier-runs";
import { firstPage, RECIPIENT_MAX_LENGTH, type RunSearch, runSearchParams } from "@/lib/domain/runs/run-search";
import { alikeLabel, byActorLabel } from "./earlier-runs-labels";
import { VisibleText } from "./visible-text";

interface HistoryOf {
  readonly earlier: EarlierRuns;
  readonly actionName: string;
  readonly actionTitle: string;
  readonly actor: string | null;
  readonly recipient: string | null;
  readonly createdAt: Date;
}

/** Whether the run can be compared with others: it names a recipient or an actor. */
export function hasHistory({ alike, byActor }: EarlierRuns): boolean {
  return alike !== null || byActor !== null;
}

/** The outcomes of similar earlier runs. Readers who can open the list of runs get links to them. */
export function EarlierRunsList({ history, runsPath }: { history: HistoryOf; runsPath: string | null }) {
  const { earlier, actionName, actionTitle, actor, recipient, createdAt } = history;
  const { alike, byActor } = earlier;
  const isLinkable = recipient !== null && recipient.length <= RECIPIENT_MAX_LENGTH;
  const days = { from: dayOf(createdAt.getTime() - EARLIER_MS), until: dayOf(createdAt.getTime()) };
  return (
    <ul className="grid gap-1">
      {alike === null ? null : (
        <Line href={runsPath === null || !isLinkable ? null : runsHref(runsPath, { ...days, actions: [actionName], recipient })}>
          <VisibleText text={alikeLabel(actionTitle, alike)} />
        </Line>
      )}
      {byActor === null || actor === null ? null : (
        <Line href={runsPath === null ? null : runsHref(runsPath, { ...days, actors: [actor] })}>
          <VisibleText text={actor} />: {byActorLabel(byActor)}
        </Line>
      )}
    </ul>
  );
}

function Line({ href, children }: { href: string | null; children: ReactNode }) {
  return (
    <li className="wrap-anywhere">
      {href === null ? (
        children
      ) : (
        <Link className="rounded-sm text-link hover:underline" href={href}>
          {children}
        </Link>
      )}
    </li>
  );
}

function runsHref(path: string, asked: Partial<RunSearch>): string {
  return `${path}?${runSearchParams({ ...firstPage(parseRunSearch({})), ...asked }).toString()}`;
}

/** In UTC, like the filter. */
function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
