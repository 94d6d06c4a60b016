import { POLICY_TEXTS } from "@/lib/docs/policy-texts";
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
            <td>{POLICY_TEXTS[type].does}</td>
            <td>{POLICY_TEXTS[type].goodFor}</td>
          </tr>
        ))}
      </tbody>
    </DocTable>
  );
}
