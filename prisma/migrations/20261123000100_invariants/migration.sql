-- Invariants that hold whatever the application does.

-- Fixed sets of values.
ALTER TABLE users
  ADD CONSTRAINT users_email_lower CHECK (email = lower(email) AND email LIKE '%_@_%'),
  ADD CONSTRAINT users_plan CHECK (plan IN ('free', 'unlimited'));
ALTER TABLE members ADD CONSTRAINT members_role CHECK (role IN ('owner', 'admin', 'developer', 'approver', 'viewer'));
ALTER TABLE invitations ADD CONSTRAINT invitations_role CHECK (role IN ('admin', 'developer', 'approver', 'viewer'));
ALTER TABLE api_keys ADD CONSTRAINT api_keys_kind CHECK (kind IN ('api', 'workspace'));
ALTER TABLE registered_actions
  ADD CONSTRAINT registered_actions_name CHECK (name ~ '^[a-z][a-z0-9_]{1,63}$'),
  ADD CONSTRAINT registered_actions_risk CHECK (risk_level IN ('low', 'medium', 'high', 'critical')),
  ADD CONSTRAINT registered_actions_window CHECK (approval_window_minutes BETWEEN 1 AND 525600),
  ADD CONSTRAINT registered_actions_policy_version_exists
    FOREIGN KEY (id, policy_version) REFERENCES policy_versions (action_id, version) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE policy_versions
  ADD CONSTRAINT policy_versions_type CHECK (policy_type IN (
    'always_allow', 'log_only', 'always_block', 'always_require_approval', 'require_approval_above_amount',
    'require_approval_when_external_recipient', 'require_approval_when_new_recipient',
    'require_approval_when_not_reversible', 'require_approval_when_destructive')),
  ADD CONSTRAINT policy_versions_threshold CHECK (
    (policy_type = 'require_approval_above_amount') = (threshold IS NOT NULL) AND threshold ~ '^[0-9]+([.][0-9]+)?$');
ALTER TABLE decisions
  ADD CONSTRAINT decisions_decision CHECK (decision IN ('approve', 'reject', 'block', 'expire')),
  ADD CONSTRAINT decisions_channel CHECK (channel IN ('decision_link', 'console', 'admin_cli', 'expiry')),
  ADD CONSTRAINT decisions_by_someone CHECK ((decision = 'expire') = (decided_by IS NULL));
ALTER TABLE receipts
  ADD CONSTRAINT receipts_kind CHECK (kind IN ('decision', 'execution', 'erasure', 'log_restarted')),
  ADD CONSTRAINT receipts_run CHECK ((kind = 'log_restarted') = (run_id IS NULL)),
  ADD CONSTRAINT receipts_leaf_hash CHECK (leaf_hash = sha256('\x00'::bytea || convert_to(body, 'UTF8')));
ALTER TABLE email_deliveries
  ADD CONSTRAINT email_deliveries_status CHECK (status IN ('queued', 'sent', 'not_sent', 'dead')),
  ADD CONSTRAINT email_deliveries_reason CHECK ((status = 'not_sent') = (not_sent_reason IS NOT NULL)),
  ADD CONSTRAINT email_deliveries_token CHECK (status = 'queued' OR sealed_token IS NULL);
ALTER TABLE webhook_deliveries
  ADD CONSTRAINT webhook_deliveries_status CHECK (status IN ('queued', 'delivered', 'dead'));
ALTER TABLE usage_counters ADD CONSTRAINT usage_counters_count CHECK (count >= 0);

-- A run's two statuses: only the legal pairs, and what each of them implies.
ALTER TABLE action_runs
  ADD CONSTRAINT action_runs_statuses CHECK (
    (governance_status IN ('allowed', 'approved')
      AND execution_status IN ('awaiting_execution_report', 'executed', 'failed'))
    OR (governance_status IN ('pending_approval', 'rejected', 'blocked') AND execution_status = 'not_executed')),
  ADD CONSTRAINT action_runs_decided CHECK ((governance_status = 'pending_approval') = (decided_at IS NULL)),
  ADD CONSTRAINT action_runs_pending_expires CHECK (governance_status <> 'pending_approval' OR expires_at IS NOT NULL),
  ADD CONSTRAINT action_runs_reported CHECK (
    (execution_status IN ('executed', 'failed')) = (execution_reported_at IS NOT NULL)),
  ADD CONSTRAINT action_runs_claim CHECK (
    (claim_token_hash IS NULL) = (claim_expires_at IS NULL) AND (claim_token_hash IS NULL) = (claim_worker IS NULL)
    AND (claim_token_hash IS NULL OR governance_status IN ('allowed', 'approved'))),
  ADD CONSTRAINT action_runs_idempotency_key CHECK (char_length(idempotency_key) BETWEEN 1 AND 256),
  ADD CONSTRAINT action_runs_payload CHECK (
    (payload_text IS NULL) = (payload_salt IS NULL) AND (payload_text IS NULL) = (payload IS NULL));

-- What waits for a person or for a report, found without reading what is settled.
CREATE INDEX action_runs_pending ON action_runs (expires_at) WHERE governance_status = 'pending_approval';
CREATE INDEX action_runs_claimed ON action_runs (claim_expires_at)
  WHERE claim_token_hash IS NOT NULL AND execution_status = 'awaiting_execution_report';
CREATE INDEX receipts_without_index ON receipts (workspace_id, id) WHERE log_index IS NULL;

-- Evidence is append-only.
CREATE FUNCTION daai_forbid_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION daai_allow_only_log_index() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.log_index IS NULL AND NEW.log_index IS NOT NULL
     AND to_jsonb(NEW) - 'log_index' = to_jsonb(OLD) - 'log_index' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'rows of receipts are append-only' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE ON decisions
  FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER policy_versions_append_only BEFORE UPDATE OR DELETE ON policy_versions
  FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER receipts_append_only BEFORE DELETE ON receipts
  FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER receipts_log_index_once BEFORE UPDATE ON receipts
  FOR EACH ROW EXECUTE FUNCTION daai_allow_only_log_index();
CREATE TRIGGER decisions_no_truncate BEFORE TRUNCATE ON decisions EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER policy_versions_no_truncate BEFORE TRUNCATE ON policy_versions EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER receipts_no_truncate BEFORE TRUNCATE ON receipts EXECUTE FUNCTION daai_forbid_change();

-- A final status stays, and what was proposed stays; only a payload may be erased, never replaced.
CREATE FUNCTION daai_forbid_illegal_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'run % cannot go from %/% to %/% or change what was proposed', OLD.id,
    OLD.governance_status, OLD.execution_status, NEW.governance_status, NEW.execution_status
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER action_runs_legal_moves BEFORE UPDATE ON action_runs FOR EACH ROW
  WHEN (
    (OLD.governance_status <> 'pending_approval' AND (NEW.governance_status, NEW.governance_reason, NEW.decided_at)
      <> (OLD.governance_status, OLD.governance_reason, OLD.decided_at))
    OR (OLD.governance_status <> 'pending_approval' AND NEW.decided_by IS DISTINCT FROM OLD.decided_by)
    OR (OLD.governance_status = 'pending_approval' AND NEW.governance_status = 'allowed')
    OR (OLD.execution_status = 'not_executed' AND NEW.execution_status IN ('executed', 'failed'))
    OR (OLD.execution_status IN ('executed', 'failed') AND (NEW.execution_status, NEW.execution_reported_at)
      <> (OLD.execution_status, OLD.execution_reported_at))
    OR (NEW.id, NEW.workspace_id, NEW.api_key_id, NEW.action_name, NEW.payload_hash, NEW.created_at)
      <> (OLD.id, OLD.workspace_id, OLD.api_key_id, OLD.action_name, OLD.payload_hash, OLD.created_at)
    OR NEW.idempotency_key IS DISTINCT FROM OLD.idempotency_key
    OR NEW.action_id IS DISTINCT FROM OLD.action_id
    OR NEW.policy_version_id IS DISTINCT FROM OLD.policy_version_id
    OR (NEW.payload_text IS NOT NULL AND NEW.payload_text IS DISTINCT FROM OLD.payload_text)
    OR (NEW.payload IS NOT NULL AND NEW.payload IS DISTINCT FROM OLD.payload)
    OR (NEW.payload_salt IS NOT NULL AND NEW.payload_salt IS DISTINCT FROM OLD.payload_salt))
  EXECUTE FUNCTION daai_forbid_illegal_move();
CREATE TRIGGER action_runs_kept BEFORE DELETE ON action_runs FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
