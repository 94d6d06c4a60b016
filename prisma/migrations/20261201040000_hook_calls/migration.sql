-- Finds the runs of a coding agent's session, and among them those of the same call.
CREATE INDEX action_runs_hook_calls ON action_runs (workspace_id, source_ref, payload_hash) WHERE source_type IN ('claude_code', 'codex');
