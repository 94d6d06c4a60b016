import { POLICIES, POLICY_TYPES } from "@/lib/domain/policy/policies";
import { DocTable } from "./doc-table";

export function PolicyTable() {
  return (
    <DocTable label="Policies">
      <thead>
        <tr>
          <th>Policy</th>
          <th>Effect</th>
          <th>Use it for</th>
        </tr>
      </thead>
      <tbody>
        {POLICY_TYPES.map((type) => (
          <tr id={type} key={type}>
            <td>
              <span className="block font-medium">{POLICIES[type].label}</span>
              <code>{type}</code>
            </td>
            <td>{POLICIES[type].does}</td>
            <td>{POLICIES[type].goodFor}</td>
          </tr>
        ))}
      </tbody>
    </DocTable>
  );
}
