-- Finds the pending requests that are identical to one.
CREATE INDEX action_runs_identical ON action_runs (workspace_id, action_name, payload_hash) WHERE governance_status = 'pending_approval';
