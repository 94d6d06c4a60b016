import { History, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { validate as isUuid } from "uuid";
import { ActivityFilter } from "@/components/audit/activity-filter";
import { ActivityList } from "@/components/audit/activity-list";
import { Crumbs } from "@/components/ui/breadcrumbs";
import { ButtonLink } from "@/components/ui/button-link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { ACTIVITY_KIND_LABELS, ACTIVITY_KINDS, type ActivityKind } from "@/lib/audit/activity-kinds";
import { listActivityPeople } from "@/lib/audit/list-activity-people";
import { listAuditEvents } from "@/lib/audit/list-audit-events";
import { requireMember } from "@/lib/auth/require-member";
import { isPermitted } from "@/lib/domain/access/permissions";
import { isStorableText } from "@/lib/domain/text/storable-text";

export const metadata: Metadata = { title: "Activity" };

interface Query {
  kind?: string | string[];
  person?: string | string[];
  before?: string | string[];
}

export default async function ActivityPage({
  params,
  searchParams,
}: {
  params: Promise<{ workspaceId: string }>;
  searchParams: Promise<Query>;
}) {
  const { workspaceId } = await params;
  const { ctx, role, workspace } = await requireMember(workspaceId);
  if (!isPermitted(role, "audit.read")) notFound();
  const filter = readFilter(await searchParams);
  const [{ events, next }, members] = await Promise.all([listAuditEvents(ctx, filter), listActivityPeople(ctx)]);
  const path = `/workspaces/${workspaceId}/activity`;
  // Former members can still be filtered for by address.
  const people =
    members.some(({ email }) => email === filter.person) || filter.person === null
      ? members
      : [{ email: filter.person, name: null }, ...members];
  const isFiltered = filter.kind !== "changes" || filter.person !== null;
  return (
    <Page>
      <Crumbs items={[{ label: workspace.name, href: `/workspaces/${workspaceId}` }, { label: "Activity" }]} />
      <PageHeader title="Activity" description="Who changed what, with the old and new values. Append-only: nobody can edit it." />
      <div className="grid gap-4">
        <ActivityFilter
          kind={filter.kind}
          kinds={ACTIVITY_KINDS.map((kind) => ({ value: kind, label: ACTIVITY_KIND_LABELS[kind] }))}
          person={filter.person}
          people={people.map(({ email, name }) => ({ value: email, label: name ?? email }))}
        />
        <Card aria-label="Events">
          <h2 className="sr-only">Events</h2>
          {events.length > 0 ? (
            <ActivityList events={events} workspaceId={workspaceId} />
          ) : isFiltered || filter.before !== null ? (
            <EmptyState icon={SearchX} title="No events match these filters" action={<ButtonLink href={path}>Clear filters</ButtonLink>}>
              This person has no events of this kind.
            </EmptyState>
          ) : (
            <EmptyState icon={History} title="No events yet">
              Every decision, and every change to actions, keys, members and settings, is recorded here.
            </EmptyState>
          )}
        </Card>
        {filter.before === null && next === null ? null : (
          <nav className="flex gap-2" aria-label="Pages">
            {filter.before === null ? null : <ButtonLink href={pathOf(path, { ...filter, before: null })}>Newest</ButtonLink>}
            {next === null ? null : <ButtonLink href={pathOf(path, { ...filter, before: next })}>Older</ButtonLink>}
          </nav>
        )}
      </div>
    </Page>
  );
}

type Filter = Parameters<typeof listAuditEvents>[1];

/** What cannot be read is left out: a mistyped address shows everything. */
function readFilter({ kind, person, before }: Query): Filter {
  return {
    kind: ACTIVITY_KINDS.find((one) => one === kind) ?? ("changes" satisfies ActivityKind),
    person:
      typeof person === "string" && person.length <= 254 && person.includes("@") && isStorableText(person) ? person.toLowerCase() : null,
    before: typeof before === "string" && isUuid(before) ? before : null,
  };
}

function pathOf(path: string, { kind, person, before }: Filter): string {
  const query = new URLSearchParams();
  if (kind !== "changes") query.set("kind", kind);
  if (person !== null) query.set("person", person);
  if (before !== null) query.set("before", before);
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}
