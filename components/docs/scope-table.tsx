import { MANAGEMENT_SCOPE_NAMES, MANAGEMENT_SCOPES } from "@/lib/domain/access/management-scopes";
import { DocTable } from "./doc-table";

/** What a management key can be allowed to do, from the table that the console itself uses. */
export function ScopeTable() {
  return (
    <DocTable label="Scopes">
      <thead>
        <tr>
          <th>Scope</th>
          <th>Allows to</th>
        </tr>
      </thead>
      <tbody>
        {MANAGEMENT_SCOPE_NAMES.map((scope) => (
          <tr key={scope}>
            <td>
              <code>{scope}</code>
            </td>
            <td>{MANAGEMENT_SCOPES[scope].text}</td>
          </tr>
        ))}
      </tbody>
    </DocTable>
  );
}
