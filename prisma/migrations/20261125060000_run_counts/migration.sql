-- How many runs stand where, by workspace and the hour (UTC) of their proposal: what the overview reads instead of the runs.
-- Kept by triggers in the transaction of the change, so that it is never behind and no way of writing a run can forget it.
--
-- A transaction locks the row of the hour it changes until it ends. Proposals of one owner wait for each other already, at
-- the owner's monthly counter, and take this row after it; a decision changes one run and so takes one row, as its last
-- shared lock. Nobody who holds one of these rows waits for a row that another holder has: there is no deadlock.

CREATE TABLE run_counts (
  workspace_id     uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  hour             timestamptz(3) NOT NULL,
  allowed          int NOT NULL DEFAULT 0,
  pending_approval int NOT NULL DEFAULT 0,
  approved         int NOT NULL DEFAULT 0,
  rejected         int NOT NULL DEFAULT 0,
  blocked          int NOT NULL DEFAULT 0,
  -- Of the rejected: nobody answered in time.
  expired          int NOT NULL DEFAULT 0,
  -- Of the blocked: no action of that name is registered.
  unknown_action   int NOT NULL DEFAULT 0,
  CONSTRAINT run_counts_pkey PRIMARY KEY (workspace_id, hour),
  CONSTRAINT run_counts_not_negative CHECK (
    least(allowed, pending_approval, approved, rejected, blocked, expired, unknown_action) >= 0)
-- Room on each page for the next version of a row that is counted up often.
) WITH (fillfactor = 50);

-- Many rows at once, in one order, so that two of these cannot wait for each other.
CREATE FUNCTION daai_count_new_runs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO run_counts AS c (workspace_id, hour, allowed, pending_approval, approved, rejected, blocked, expired, unknown_action)
  SELECT workspace_id, date_trunc('hour', created_at, 'UTC'),
    count(*) FILTER (WHERE governance_status = 'allowed'), count(*) FILTER (WHERE governance_status = 'pending_approval'),
    count(*) FILTER (WHERE governance_status = 'approved'), count(*) FILTER (WHERE governance_status = 'rejected'),
    count(*) FILTER (WHERE governance_status = 'blocked'), count(*) FILTER (WHERE governance_reason = 'approval_expired'),
    count(*) FILTER (WHERE governance_reason = 'unknown_action')
  FROM added GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (workspace_id, hour) DO UPDATE SET
    allowed = c.allowed + excluded.allowed, pending_approval = c.pending_approval + excluded.pending_approval,
    approved = c.approved + excluded.approved, rejected = c.rejected + excluded.rejected,
    blocked = c.blocked + excluded.blocked, expired = c.expired + excluded.expired,
    unknown_action = c.unknown_action + excluded.unknown_action;
  RETURN NULL;
END $$;

-- Only a pending run moves, and only once.
CREATE FUNCTION daai_count_decided_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE run_counts SET pending_approval = pending_approval - 1,
    approved = approved + (NEW.governance_status = 'approved')::int,
    rejected = rejected + (NEW.governance_status = 'rejected')::int,
    blocked = blocked + (NEW.governance_status = 'blocked')::int,
    expired = expired + (NEW.governance_reason = 'approval_expired')::int
  WHERE workspace_id = NEW.workspace_id AND hour = date_trunc('hour', NEW.created_at, 'UTC');
  RETURN NULL;
END $$;

-- Making them waits for every open transaction that writes runs and keeps new ones out, so that what is counted below is
-- exactly what the triggers have not seen.
CREATE TRIGGER action_runs_count_new AFTER INSERT ON action_runs REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION daai_count_new_runs();
CREATE TRIGGER action_runs_count_decided AFTER UPDATE OF governance_status ON action_runs FOR EACH ROW
  WHEN (OLD.governance_status = 'pending_approval' AND NEW.governance_status <> 'pending_approval')
  EXECUTE FUNCTION daai_count_decided_run();

INSERT INTO run_counts (workspace_id, hour, allowed, pending_approval, approved, rejected, blocked, expired, unknown_action)
SELECT workspace_id, date_trunc('hour', created_at, 'UTC'),
  count(*) FILTER (WHERE governance_status = 'allowed'), count(*) FILTER (WHERE governance_status = 'pending_approval'),
  count(*) FILTER (WHERE governance_status = 'approved'), count(*) FILTER (WHERE governance_status = 'rejected'),
  count(*) FILTER (WHERE governance_status = 'blocked'), count(*) FILTER (WHERE governance_reason = 'approval_expired'),
  count(*) FILTER (WHERE governance_reason = 'unknown_action')
FROM action_runs GROUP BY 1, 2;

-- What became of the mails of a workspace, counted in the index alone.
DROP INDEX email_deliveries_workspace_id_run_id_idx;
CREATE INDEX email_deliveries_workspace_id_run_id_status_not_sent_reason_idx
  ON email_deliveries (workspace_id, run_id, status, not_sent_reason);

-- The newest receipts of a workspace first.
CREATE INDEX receipts_workspace_id_id_idx ON receipts (workspace_id, id);
DROP INDEX receipts_without_index;

-- What the operator watches over: mail that waits, and mail that was given up.
CREATE INDEX email_deliveries_unsent ON email_deliveries (status, created_at) WHERE status IN ('queued', 'dead');
