-- Pages of runs that cost the same at a thousand runs and at a million. Each list is read in the order of one of these
-- indexes, and everything else that is asked for is checked on the way. Every index makes an intercept dearer, so there
-- is none for what is common anyway (allowed, executed) and is therefore found at once among the newest.

-- Of one action, the newest first.
CREATE INDEX action_runs_by_action ON action_runs (workspace_id, action_name, id);
-- By amount; a run without one comes below zero.
CREATE INDEX action_runs_by_amount ON action_runs (workspace_id, (coalesce(amount, -1)), id);
-- Of what must not run: an allowed run is not in it.
CREATE INDEX action_runs_stopped ON action_runs (workspace_id, governance_status, id)
  WHERE governance_status IN ('pending_approval', 'rejected', 'blocked');
CREATE INDEX action_runs_failed ON action_runs (workspace_id, id) WHERE execution_status = 'failed';
-- In doubt is a claim among these whose time is over. By workspace now, in place of all workspaces' by time.
DROP INDEX action_runs_claimed;
CREATE INDEX action_runs_claimed ON action_runs (workspace_id, id)
  WHERE claim_token_hash IS NOT NULL AND execution_status = 'awaiting_execution_report';
