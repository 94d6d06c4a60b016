import { Avatar } from "@/components/ui/avatar";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { RelativeTime } from "@/components/ui/relative-time";
import { Tag } from "@/components/ui/tag";
import { isPermitted, mayChangeMember } from "@/lib/domain/access/permissions";
import type { MemberEntry } from "@/lib/members/list-members";
import { ROLE_LABELS } from "@/lib/words/role-labels";
import { MemberMenu } from "./member-menu";
import type { Viewer } from "./viewer";

const HEAD = "h-8 px-3 text-left text-xs font-medium text-muted first:pl-4 last:pr-2";
const CELL = "h-14 px-3 py-2 first:pl-4 last:pr-2";

/** The workspace's members. Only those who manage members see when each was last active. */
export function MembersCard({
  members,
  workspace,
  viewer,
  isLastOwner,
}: {
  members: readonly MemberEntry[];
  workspace: { id: string; name: string };
  viewer: Viewer;
  isLastOwner: boolean;
}) {
  const mayManage = isPermitted(viewer.role, "member.manage");
  return (
    <Card aria-labelledby="members">
      <CardHeader title="Members" id="members" note={`${members.length} ${members.length === 1 ? "person" : "people"}`} />
      <table className="relative w-full table-fixed">
        <thead className="border-b border-line bg-inset">
          <tr>
            <th className={HEAD} scope="col">
              Person
            </th>
            <th className={`${HEAD} w-36 max-md:hidden`} scope="col">
              Role
            </th>
            <th className={`${HEAD} w-40 max-lg:hidden`} scope="col">
              Joined
            </th>
            {mayManage ? (
              <th className={`${HEAD} w-36 max-md:hidden`} scope="col">
                Last active
              </th>
            ) : null}
            <th className={`${HEAD} w-14`} scope="col">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {members.map((member) => (
            <tr className="hover:bg-hover" key={member.userId}>
              <td className={CELL}>
                <Person member={member} isMe={member.userId === viewer.userId} />
              </td>
              <td className={`${CELL} max-md:hidden`}>{ROLE_LABELS[member.role].title}</td>
              <td className={`${CELL} text-muted max-lg:hidden`}>
                <Instant at={member.joinedAt} format="date" />
              </td>
              {mayManage ? (
                <td className={`${CELL} text-muted max-md:hidden`}>
                  {member.lastSeenAt === null ? "not recently" : <RelativeTime at={member.lastSeenAt} />}
                </td>
              ) : null}
              <td className={`${CELL} text-right`}>
                {member.userId === viewer.userId ||
                isPermitted(viewer.role, "run.reassign") ||
                mayChangeMember(viewer.role, { from: member.role, to: null }) ? (
                  <MemberMenu member={member} workspace={workspace} viewer={viewer} isLastOwner={isLastOwner} />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** On phones, the role is shown here as well. */
function Person({ member: { name, email, role }, isMe }: { member: MemberEntry; isMe: boolean }) {
  return (
    <div className="flex items-center gap-3">
      <Avatar name={name ?? email} size="lg" />
      <div className="min-w-0">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium" title={name ?? email}>
            {name ?? email}
          </span>
          {isMe ? <Tag isAccent>you</Tag> : null}
        </p>
        <p className={`truncate text-xs text-muted ${name === null ? "md:hidden" : ""}`} title={email}>
          <span className="text-ink md:hidden">{ROLE_LABELS[role].title}</span>
          {name === null ? null : <span className="md:hidden"> · </span>}
          {name === null ? null : email}
        </p>
      </div>
    </div>
  );
}
