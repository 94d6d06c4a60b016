import { Check, Minus } from "lucide-react";
import { Card, CardHeader } from "@/components/ui/card";
import { Tag } from "@/components/ui/tag";
import { isPermitted, PERMISSIONS, type Permission } from "@/lib/domain/access/permissions";
import { ROLES, type Role } from "@/lib/domain/access/roles";
import { PERMISSION_LABELS, ROLE_LABELS } from "@/lib/words/role-labels";

/** What each role may do: the table that is checked, with nothing added. */
export function RolesCard({ role: own }: { role: Role }) {
  return (
    <Card aria-labelledby="roles">
      <CardHeader title="What each role may do" id="roles" />
      <div
        className="relative overflow-x-auto rounded-b-lg focus-visible:-outline-offset-2"
        role="region"
        aria-label="Table of roles"
        tabIndex={0}
      >
        <table className="w-full min-w-[640px] table-fixed">
          <thead className="border-b border-line bg-inset">
            <tr>
              <th className="h-9 w-[38%] px-4 text-left text-xs font-medium text-muted" scope="col">
                May
              </th>
              {ROLES.map((role) => (
                <th className="px-1 text-center text-xs font-medium text-muted" scope="col" title={ROLE_LABELS[role].purpose} key={role}>
                  <span className="inline-flex items-center gap-1.5">
                    {ROLE_LABELS[role].title}
                    {role === own ? <Tag isAccent>you</Tag> : null}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {(Object.keys(PERMISSIONS) as Permission[]).map((permission) => (
              <tr className="hover:bg-hover" key={permission}>
                <th className="h-9 px-4 py-1.5 text-left font-normal" scope="row">
                  {PERMISSION_LABELS[permission]}
                </th>
                {ROLES.map((role) => (
                  <td className="text-center" key={role}>
                    <Answer isYes={isPermitted(role, permission)} />
                  </td>
                ))}
              </tr>
            ))}
            <tr>
              <th className="h-9 px-4 py-1.5 text-left font-normal" scope="row">
                Add and remove owners
              </th>
              {ROLES.map((role) => (
                <td className="text-center" key={role}>
                  <Answer isYes={role === "owner"} />
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Answer({ isYes }: { isYes: boolean }) {
  const Icon = isYes ? Check : Minus;
  return (
    <>
      <Icon className={`inline size-4 ${isYes ? "text-ink" : "text-disabled"}`} strokeWidth={isYes ? 2 : 1.5} aria-hidden="true" />
      <span className="sr-only">{isYes ? "yes" : "no"}</span>
    </>
  );
}
