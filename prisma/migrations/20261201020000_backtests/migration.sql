-- What a draft of a policy would have decided about recorded runs. The worker computes it in batches; it is deleted after a few days.
CREATE TABLE backtests (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  action_id uuid NOT NULL,
  requested_by text NOT NULL,
  days integer NOT NULL,
  -- What decides: the policy, and the settings of the action that it looks at. By its hash, the same draft isn't computed twice.
  draft jsonb NOT NULL,
  draft_hash text NOT NULL,
  status text NOT NULL DEFAULT 'queued',
  runs_total integer,
  runs_done integer NOT NULL DEFAULT 0,
  result jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  finished_at timestamptz(3),
  CONSTRAINT backtests_workspace_id_action_id_fkey FOREIGN KEY (workspace_id, action_id) REFERENCES registered_actions (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT backtests_days CHECK (days IN (7, 30, 90)),
  CONSTRAINT backtests_status CHECK (status IN ('queued', 'running', 'done', 'canceled', 'failed')),
  CONSTRAINT backtests_finished CHECK ((finished_at IS NOT NULL) = (status IN ('done', 'canceled', 'failed'))),
  CONSTRAINT backtests_result CHECK ((result IS NOT NULL) = (status = 'done'))
);
CREATE UNIQUE INDEX backtests_workspace_id_id_key ON backtests (workspace_id, id);
CREATE INDEX backtests_by_draft ON backtests (action_id, draft_hash, days);
CREATE INDEX backtests_by_age ON backtests (created_at);
