CREATE TRIGGER action_runs_after_last_attempt BEFORE INSERT ON action_runs
  FOR EACH ROW
  WHEN (new.attempt > 1)
  EXECUTE FUNCTION daai_require_ended_attempt();

CREATE TRIGGER action_runs_apply_change BEFORE UPDATE OF governance_status ON action_runs
  FOR EACH ROW
  WHEN (old.governance_status = 'pending_approval'::text AND new.governance_status = 'approved'::text)
  EXECUTE FUNCTION daai_apply_change();

CREATE TRIGGER action_runs_change_kept BEFORE UPDATE ON action_runs
  FOR EACH ROW
  WHEN (new.accepts_changes AND NOT old.accepts_changes
    OR old.accepts_changes AND NOT new.accepts_changes AND old.governance_status <> 'pending_approval'::text
    OR new.approved_payload_hash IS DISTINCT FROM old.approved_payload_hash AND NOT (old.governance_status = 'pending_approval'::text AND new.governance_status = 'approved'::text))
  EXECUTE FUNCTION daai_forbid_illegal_move();

CREATE TRIGGER action_runs_count_decided AFTER UPDATE OF governance_status ON action_runs
  FOR EACH ROW
  WHEN (old.governance_status <> new.governance_status)
  EXECUTE FUNCTION daai_count_decided_run();

CREATE TRIGGER action_runs_count_new AFTER INSERT ON action_runs
  REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_count_new_runs();

CREATE TRIGGER action_runs_erase_changes AFTER UPDATE OF payload_text ON action_runs
  FOR EACH ROW
  WHEN (old.payload_text IS NOT NULL AND new.payload_text IS NULL)
  EXECUTE FUNCTION daai_erase_changes();

CREATE TRIGGER action_runs_erase_grant_facts AFTER UPDATE ON action_runs
  FOR EACH ROW
  WHEN (old.payload_text IS NOT NULL AND new.payload_text IS NULL)
  EXECUTE FUNCTION daai_erase_grant_facts();

CREATE TRIGGER action_runs_erase_shadow_answer AFTER UPDATE OF payload_text ON action_runs
  FOR EACH ROW
  WHEN (old.payload_text IS NOT NULL AND new.payload_text IS NULL)
  EXECUTE FUNCTION daai_erase_shadow_answer();

CREATE TRIGGER action_runs_erased_with_receipt BEFORE UPDATE ON action_runs
  FOR EACH ROW
  WHEN (old.payload_text IS NOT NULL AND new.payload_text IS NULL)
  EXECUTE FUNCTION daai_require_erasure_receipt();

CREATE TRIGGER action_runs_guard_change BEFORE UPDATE ON action_runs
  FOR EACH ROW
  WHEN (new.approved_payload_hash IS NOT NULL AND (new.claim_token_hash IS NOT NULL AND new.claim_seal IS DISTINCT FROM daai_claim_seal(new.approved_payload_hash, new.claim_token_hash, new.claimed_at) OR (new.execution_status = ANY (ARRAY['executed'::text, 'failed'::text])) AND new.claim_token_hash IS NULL))
  EXECUTE FUNCTION daai_guard_change();

CREATE TRIGGER action_runs_keep_test BEFORE UPDATE ON action_runs
  FOR EACH ROW
  WHEN (old.is_test <> new.is_test
    OR new.is_test AND new.execution_status <> 'not_executed'::text)
  EXECUTE FUNCTION daai_keep_test();

CREATE TRIGGER action_runs_kept BEFORE DELETE ON action_runs
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER action_runs_legal_moves BEFORE UPDATE ON action_runs
  FOR EACH ROW
  WHEN (old.governance_status <> 'pending_approval'::text AND (new.governance_status <> old.governance_status OR new.governance_reason <> old.governance_reason OR new.decided_at <> old.decided_at OR new.decided_by IS DISTINCT FROM old.decided_by) AND NOT (old.execution_status = 'awaiting_execution_report'::text AND old.claim_token_hash IS NULL AND new.governance_status = 'rejected'::text AND (new.governance_reason = ANY (ARRAY['withdrawn'::text, 'approval_revoked'::text, 'approval_lapsed'::text])) AND new.decided_at >= old.decided_at)
    OR old.governance_status = 'pending_approval'::text AND new.governance_status = 'allowed'::text
    OR old.execution_status = 'not_executed'::text AND (new.execution_status = ANY (ARRAY['executed'::text, 'failed'::text]))
    OR (old.execution_status = ANY (ARRAY['executed'::text, 'failed'::text])) AND (new.execution_status <> old.execution_status OR new.execution_reported_at <> old.execution_reported_at)
    OR new.id <> old.id
    OR new.workspace_id <> old.workspace_id
    OR new.api_key_id <> old.api_key_id
    OR new.action_name <> old.action_name
    OR new.payload_hash <> old.payload_hash
    OR new.created_at <> old.created_at
    OR new.idempotency_key IS DISTINCT FROM old.idempotency_key
    OR new.attempt <> old.attempt
    OR new.previous_run_id IS DISTINCT FROM old.previous_run_id
    OR new.action_id IS DISTINCT FROM old.action_id
    OR new.policy_version_id IS DISTINCT FROM old.policy_version_id
    OR new.policy_rule IS DISTINCT FROM old.policy_rule
    OR new.action_title IS DISTINCT FROM old.action_title
    OR new.payload_text IS NOT NULL AND new.payload_text IS DISTINCT FROM old.payload_text
    OR new.payload IS NOT NULL AND new.payload IS DISTINCT FROM old.payload
    OR new.payload_salt IS NOT NULL AND new.payload_salt IS DISTINCT FROM old.payload_salt)
  EXECUTE FUNCTION daai_forbid_illegal_move();

CREATE TRIGGER action_runs_limit_approval BEFORE UPDATE OF governance_status ON action_runs
  FOR EACH ROW
  WHEN (old.governance_status = 'pending_approval'::text AND new.governance_status = 'approved'::text AND NOT new.is_test)
  EXECUTE FUNCTION daai_limit_approval();

CREATE TRIGGER action_runs_mark_test BEFORE INSERT ON action_runs
  FOR EACH ROW
  EXECUTE FUNCTION daai_mark_test();

CREATE TRIGGER action_runs_settle_budgets AFTER UPDATE ON action_runs
  FOR EACH ROW
  WHEN (old.execution_status <> new.execution_status AND (new.execution_status = ANY (ARRAY['executed'::text, 'failed'::text]))
    OR old.governance_status <> new.governance_status AND (new.governance_status = ANY (ARRAY['rejected'::text, 'blocked'::text]))
    OR old.payload_text IS NOT NULL AND new.payload_text IS NULL)
  EXECUTE FUNCTION daai_settle_budgets();

CREATE TRIGGER action_runs_settle_votes BEFORE UPDATE OF governance_status ON action_runs
  FOR EACH ROW
  WHEN (old.governance_status = 'pending_approval'::text AND new.governance_status <> 'pending_approval'::text)
  EXECUTE FUNCTION daai_settle_votes();

CREATE TRIGGER action_runs_tell_decided AFTER UPDATE OF governance_status ON action_runs
  FOR EACH ROW
  WHEN (old.governance_status = 'pending_approval'::text AND new.governance_status <> 'pending_approval'::text)
  EXECUTE FUNCTION daai_run_decided();

CREATE TRIGGER action_runs_tell_in_doubt AFTER UPDATE OF doubt_noticed_at ON action_runs
  FOR EACH ROW
  WHEN (new.doubt_noticed_at IS NOT NULL)
  EXECUTE FUNCTION daai_run_in_doubt();

CREATE TRIGGER action_runs_tell_reported AFTER UPDATE OF execution_status ON action_runs
  FOR EACH ROW
  WHEN (old.execution_status = 'awaiting_execution_report'::text AND (new.execution_status = ANY (ARRAY['executed'::text, 'failed'::text])))
  EXECUTE FUNCTION daai_run_reported();

CREATE TRIGGER action_runs_tell_revoked AFTER UPDATE OF governance_status ON action_runs
  FOR EACH ROW
  WHEN ((old.governance_status = ANY (ARRAY['allowed'::text, 'approved'::text])) AND new.governance_status = 'rejected'::text)
  EXECUTE FUNCTION daai_run_revoked();

-- What the agent said, what was read from the payload, and what was reported change in no other way than by being erased, or by
-- a change that is approved.
CREATE TRIGGER action_runs_texts_kept BEFORE UPDATE ON action_runs
  FOR EACH ROW
  WHEN (new.payload_text IS NOT NULL AND (new.reasoning IS DISTINCT FROM old.reasoning OR new.source_type IS DISTINCT FROM old.source_type OR new.source_ref IS DISTINCT FROM old.source_ref OR (new.amount IS DISTINCT FROM old.amount OR new.currency IS DISTINCT FROM old.currency OR new.recipient IS DISTINCT FROM old.recipient OR new.sentence IS DISTINCT FROM old.sentence) AND NOT (old.governance_status = 'pending_approval'::text AND new.governance_status = 'approved'::text AND new.approved_payload_hash IS NOT NULL) OR old.execution_reported_at IS NOT NULL AND (new.execution_result_text IS DISTINCT FROM old.execution_result_text OR new.execution_error IS DISTINCT FROM old.execution_error)))
  EXECUTE FUNCTION daai_forbid_illegal_move();
