import { POLICY_TYPES, POLICY_WORDS } from "@/lib/domain/policy/policy-types";
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
              <span className="block font-medium">{POLICY_WORDS[type].label}</span>
              <code>{type}</code>
            </td>
            <td>{POLICY_WORDS[type].does}</td>
            <td>{POLICY_WORDS[type].goodFor}</td>
          </tr>
        ))}
      </tbody>
    </DocTable>
  );
}
