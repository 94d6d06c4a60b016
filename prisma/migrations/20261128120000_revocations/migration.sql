-- A yes that ends before anyone claims the run: withdrawn by the app or a member, revoked by the approver, or lapsed. The decision
-- itself stays as it was made; this is the one thing that may follow it instead of an execution.
CREATE TABLE revocations (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  run_id uuid NOT NULL,
  -- The status that ended: allowed or approved.
  revoked_status text NOT NULL,
  reason text NOT NULL,
  channel text NOT NULL,
  revoked_by text,
  comment text,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT revocations_workspace_id_run_id_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES action_runs (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT revocations_revoked_status CHECK (revoked_status IN ('allowed', 'approved')),
  CONSTRAINT revocations_reason CHECK (reason IN ('withdrawn', 'approval_revoked', 'approval_lapsed')),
  CONSTRAINT revocations_channel CHECK (channel IN ('decision_link', 'console', 'admin_cli', 'expiry', 'api')),
  CONSTRAINT revocations_by_someone CHECK ((channel IN ('expiry', 'api')) = (revoked_by IS NULL))
);
CREATE UNIQUE INDEX revocations_workspace_id_run_id_key ON revocations (workspace_id, run_id);

CREATE TRIGGER revocations_append_only BEFORE UPDATE OR DELETE ON revocations
  FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER revocations_no_truncate BEFORE TRUNCATE ON revocations
  FOR EACH STATEMENT EXECUTE FUNCTION daai_forbid_change();

-- A request can also be withdrawn before anyone decides.
ALTER TABLE decisions
  DROP CONSTRAINT decisions_decision,
  DROP CONSTRAINT decisions_channel,
  DROP CONSTRAINT decisions_by_someone,
  ADD CONSTRAINT decisions_decision CHECK (decision IN ('approve', 'reject', 'block', 'expire', 'withdraw')),
  ADD CONSTRAINT decisions_channel CHECK (channel IN ('decision_link', 'console', 'admin_cli', 'expiry', 'api')),
  ADD CONSTRAINT decisions_by_someone CHECK ((decision = 'expire' OR (decision = 'withdraw' AND channel = 'api')) = (decided_by IS NULL));
ALTER TABLE receipts
  DROP CONSTRAINT receipts_kind,
  ADD CONSTRAINT receipts_kind CHECK (kind IN ('decision', 'execution', 'erasure', 'log_restarted', 'revocation'));

-- The one move out of a final status: a yes that nobody has claimed becomes a no.
DROP TRIGGER action_runs_legal_moves ON action_runs;
CREATE TRIGGER action_runs_legal_moves BEFORE UPDATE ON action_runs
  FOR EACH ROW
  WHEN (old.governance_status <> 'pending_approval'
      AND (new.governance_status <> old.governance_status OR new.governance_reason <> old.governance_reason OR new.decided_at <> old.decided_at
        OR new.decided_by IS DISTINCT FROM old.decided_by)
      AND NOT (old.execution_status = 'awaiting_execution_report' AND old.claim_token_hash IS NULL AND new.governance_status = 'rejected'
        AND new.governance_reason IN ('withdrawn', 'approval_revoked', 'approval_lapsed') AND new.decided_at >= old.decided_at)
    OR old.governance_status = 'pending_approval' AND new.governance_status = 'allowed'
    OR old.execution_status = 'not_executed' AND new.execution_status IN ('executed', 'failed')
    OR old.execution_status IN ('executed', 'failed')
      AND (new.execution_status <> old.execution_status OR new.execution_reported_at <> old.execution_reported_at)
    OR new.id <> old.id OR new.workspace_id <> old.workspace_id OR new.api_key_id <> old.api_key_id
    OR new.action_name <> old.action_name OR new.payload_hash <> old.payload_hash OR new.created_at <> old.created_at
    OR new.idempotency_key IS DISTINCT FROM old.idempotency_key
    OR new.action_id IS DISTINCT FROM old.action_id
    OR new.policy_version_id IS DISTINCT FROM old.policy_version_id
    OR new.action_title IS DISTINCT FROM old.action_title
    OR (new.payload_text IS NOT NULL AND new.payload_text IS DISTINCT FROM old.payload_text)
    OR (new.payload IS NOT NULL AND new.payload IS DISTINCT FROM old.payload)
    OR (new.payload_salt IS NOT NULL AND new.payload_salt IS DISTINCT FROM old.payload_salt))
  EXECUTE FUNCTION daai_forbid_illegal_move();

-- Counted where it stands now.
CREATE OR REPLACE FUNCTION daai_count_decided_run()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE run_counts SET
    pending_approval = pending_approval - (OLD.governance_status = 'pending_approval')::int,
    allowed = allowed - (OLD.governance_status = 'allowed')::int,
    approved = approved + (NEW.governance_status = 'approved')::int - (OLD.governance_status = 'approved')::int,
    rejected = rejected + (NEW.governance_status = 'rejected')::int,
    blocked = blocked + (NEW.governance_status = 'blocked')::int,
    expired = expired + (NEW.governance_reason = 'approval_expired')::int
  WHERE workspace_id = NEW.workspace_id AND hour = date_trunc('hour', NEW.created_at, 'UTC');
  RETURN NULL;
END $function$;
COMMENT ON FUNCTION daai_count_decided_run() IS 'A pending run is decided once, and a yes that nobody claimed may end once. Each changes one run and so takes one row of run_counts, as its last shared lock.';
DROP TRIGGER action_runs_count_decided ON action_runs;
CREATE TRIGGER action_runs_count_decided AFTER UPDATE OF governance_status ON action_runs
  FOR EACH ROW WHEN (old.governance_status <> new.governance_status)
  EXECUTE FUNCTION daai_count_decided_run();

CREATE FUNCTION daai_run_revoked() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
  PERFORM daai_queue_webhooks(NEW, 'run.revoked', NEW.decided_at);
  RETURN NULL;
END $function$;
CREATE TRIGGER action_runs_tell_revoked AFTER UPDATE OF governance_status ON action_runs
  FOR EACH ROW WHEN (old.governance_status IN ('allowed', 'approved') AND new.governance_status = 'rejected')
  EXECUTE FUNCTION daai_run_revoked();
