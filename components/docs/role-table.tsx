import { Check, Minus } from "lucide-react";
import { isPermitted, PERMISSIONS, type Permission } from "@/lib/domain/access/permissions";
import { ROLES } from "@/lib/domain/access/roles";
import { PERMISSION_LABELS } from "@/lib/words/role-labels";
import { DocTable } from "./doc-table";

// Object.keys forgets the literal names.
const NAMES = Object.keys(PERMISSIONS) as Permission[];

/** Who may do what, from the table that the console itself uses. */
export function RoleTable() {
  return (
    <DocTable label="Roles">
      <thead>
        <tr>
          <th>Permission</th>
          {ROLES.map((role) => (
            <th className="capitalize" key={role}>
              {role}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {NAMES.map((permission) => (
          <tr key={permission}>
            <td>{PERMISSION_LABELS[permission]}</td>
            {ROLES.map((role) => (
              <td key={role}>
                <Answer isYes={isPermitted(role, permission)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </DocTable>
  );
}

function Answer({ isYes }: { isYes: boolean }) {
  const Icon = isYes ? Check : Minus;
  return (
    <>
      <Icon className={`size-4 ${isYes ? "text-ok" : "text-disabled"}`} strokeWidth={1.75} aria-hidden="true" />
      <span className="sr-only">{isYes ? "yes" : "no"}</span>
    </>
  );
}
