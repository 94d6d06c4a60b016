import { DocTable } from "@/components/docs/doc-table";
import { POLICY_MEANINGS } from "@/lib/docs/policy-meanings";
import { POLICY_TYPES } from "@/lib/domain/policies";
import { POLICY_WORDS } from "@/lib/domain/policy-words";

export function PolicyTable() {
  return (
    <DocTable label="Policies">
      <thead>
        <tr>
          <th>Policy</th>
          <th>What it does</th>
          <th>Good for</th>
        </tr>
      </thead>
      <tbody>
        {POLICY_TYPES.map((type) => (
          <tr id={type} key={type}>
            <td>
              <span className="block font-medium">{POLICY_WORDS[type].label}</span>
              <code>{type}</code>
            </td>
            <td>{POLICY_MEANINGS[type].does}</td>
            <td>{POLICY_MEANINGS[type].goodFor}</td>
          </tr>
        ))}
      </tbody>
    </DocTable>
  );
}
