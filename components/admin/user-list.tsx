import { Instant } from "@/components/ui/instant";
import { Link } from "@/components/ui/link";
import { type PlainColumn, PlainTable, ROW_LINK } from "@/components/ui/plain-table";
import { Tag } from "@/components/ui/tag";
import type { ListedUser } from "@/lib/users/list-users";

const COLUMNS: readonly PlainColumn<ListedUser>[] = [
  {
    head: "Account",
    place: "name",
    cell: (user) => (
      <span className="flex items-center gap-2">
        <Link className={`min-w-0 ${ROW_LINK}`} href={`/admin/users/${user.id}`} prefetch={false}>
          <span className="block truncate" title={user.email}>
            {user.email}
          </span>
        </Link>
        {user.isOperator ? <Tag isAccent>operator</Tag> : null}
        {user.isDisabled ? <Tag>disabled</Tag> : null}
      </span>
    ),
  },
  {
    head: "Name",
    place: "second",
    cell: ({ name }) =>
      name === null ? (
        <span className="text-subtle">none</span>
      ) : (
        <span className="block max-w-56 truncate" title={name}>
          {name}
        </span>
      ),
  },
  { head: "Plan", cell: ({ plan, hasOwnLimits }) => `${plan ?? "default"}${hasOwnLimits ? ", own limits" : ""}` },
  { head: "Owns", place: "hidden", isNumber: true, cell: ({ ownedWorkspaces }) => ownedWorkspaces },
  { head: "Member of", place: "hidden", isNumber: true, cell: ({ memberships }) => memberships },
  { head: "Created", place: "end", cell: ({ createdAt }) => <Instant at={createdAt} format="short" /> },
];

/** Accounts, the newest first. */
export function UserList({ users }: { users: readonly ListedUser[] }) {
  return <PlainTable label="Users" columns={COLUMNS} rows={users} keyOf={({ id }) => id} />;
}
