import { ExecutionBadge } from "@/components/action-runs/execution-badge";
import { GovernanceBadge } from "@/components/action-runs/governance-badge";
import { EXECUTION_MEANINGS, GOVERNANCE_MEANINGS, REASON_MEANINGS } from "@/lib/docs/status-meanings";
import { GOVERNANCE_REASONS } from "@/lib/domain/policy/governance-reasons";
import { EXECUTION_STATUSES, GOVERNANCE_STATUSES } from "@/lib/domain/runs/statuses";
import { DocTable } from "./doc-table";

const HEAD = (
  <thead>
    <tr>
      <th>Status</th>
      <th>Value</th>
      <th>Meaning</th>
      <th>What your app does</th>
    </tr>
  </thead>
);

export function GovernanceStatusTable() {
  return (
    <DocTable label="Governance statuses">
      {HEAD}
      <tbody>
        {GOVERNANCE_STATUSES.map((status) => (
          <tr id={status} key={status}>
            <td>
              <GovernanceBadge status={status} />
            </td>
            <td>
              <code>{status}</code>
            </td>
            <td>{GOVERNANCE_MEANINGS[status].means}</td>
            <td>{GOVERNANCE_MEANINGS[status].then}</td>
          </tr>
        ))}
      </tbody>
    </DocTable>
  );
}

export function ExecutionStatusTable() {
  return (
    <DocTable label="Execution statuses">
      {HEAD}
      <tbody>
        {EXECUTION_STATUSES.map((status) => (
          <tr id={status} key={status}>
            <td>
              <ExecutionBadge status={status} />
            </td>
            <td>
              <code>{status}</code>
            </td>
            <td>{EXECUTION_MEANINGS[status].means}</td>
            <td>{EXECUTION_MEANINGS[status].then}</td>
          </tr>
        ))}
      </tbody>
    </DocTable>
  );
}

export function ReasonTable() {
  return (
    <DocTable label="Governance reasons">
      <thead>
        <tr>
          <th>Reason</th>
          <th>Meaning</th>
        </tr>
      </thead>
      <tbody>
        {GOVERNANCE_REASONS.map((reason) => (
          <tr id={reason} key={reason}>
            <td>
              <code>{reason}</code>
            </td>
            <td>{REASON_MEANINGS[reason]}</td>
          </tr>
        ))}
      </tbody>
    </DocTable>
  );
}
