import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { type PlainColumn, PlainTable } from "@/components/ui/plain-table";
import { Tag } from "@/components/ui/tag";
import type { ListedWorkspace } from "@/lib/workspaces/list-all-workspaces";

const COLUMNS: readonly PlainColumn<ListedWorkspace>[] = [
  {
    head: "Workspace",
    place: "name",
    cell: ({ name, clientName, deletedAt }) => (
      <span className="flex flex-wrap items-center gap-x-2">
        <span className="min-w-0 wrap-anywhere">
          <span className="font-medium">{name}</span> <span className="text-muted">for {clientName}</span>
        </span>
        {deletedAt === null ? null : <Tag>deleted</Tag>}
      </span>
    ),
  },
  {
    head: "Owner",
    place: "second",
    cell: ({ ownerId, ownerEmail }) => (
      <Link
        className="block max-w-56 truncate text-link no-underline hover:underline max-md:max-w-none"
        href={`/admin/users/${ownerId}`}
        prefetch={false}
        title={ownerEmail}
      >
        {ownerEmail}
      </Link>
    ),
  },
  { head: "Members", place: "hidden", isNumber: true, cell: ({ members }) => members },
  { head: "Active actions", place: "hidden", isNumber: true, isWideOnly: true, cell: ({ activeActions }) => activeActions },
  { head: "Runs this month", place: "beside", isNumber: true, cell: ({ runsThisMonth }) => runsThisMonth.toLocaleString("en-US") },
  { head: "Pending", place: "hidden", isNumber: true, cell: ({ pending }) => pending.toLocaleString("en-US") },
  {
    head: "Last run",
    place: "end",
    cell: ({ lastRunAt }) => (lastRunAt === null ? <span className="text-subtle">none</span> : <Instant at={lastRunAt} format="short" />),
  },
];

/** All workspaces, newest first. */
export function WorkspaceList({ workspaces }: { workspaces: readonly ListedWorkspace[] }) {
  return <PlainTable label="Workspaces" columns={COLUMNS} rows={workspaces} keyOf={({ id }) => id} />;
}
