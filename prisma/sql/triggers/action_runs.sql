CREATE TRIGGER action_runs_after_last_attempt BEFORE INSERT ON action_runs
  FOR EACH ROW
  WHEN (new.attempt > 1)
  EXECUTE FUNCTION daai_require_ended_attempt();

CREATE TRIGGER action_runs_apply_change BEFORE UPDATE OF governance_status ON action_runs
  FOR EACH ROW
  WHEN (old.governance_status = 'pending_approval'::text AND new.governance_status = 'approved'::text)
  EXECUTE FUNCTION daai_apply_change();

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

CREATE TRIGGER action_runs_erase_grant_facts AFTER UPDATE OF payload_text ON action_runs
  FOR EACH ROW
  WHEN (old.payload_text IS NOT NULL AND new.payload_text IS NULL)
  EXECUTE FUNCTION daai_erase_grant_facts();

CREATE TRIGGER action_runs_erase_shadow_answer AFTER UPDATE OF payload_text ON action_runs
  FOR EACH ROW
  WHEN (old.payload_text IS NOT NULL AND new.payload_text IS NULL)
  EXECUTE FUNCTION daai_erase_shadow_answer();

CREATE TRIGGER action_runs_erased_with_receipt BEFORE UPDATE OF payload_text ON action_runs
  FOR EACH ROW
  WHEN (old.payload_text IS NOT NULL AND new.payload_text IS NULL)
  EXECUTE FUNCTION daai_require_erasure_receipt();

CREATE TRIGGER action_runs_guard_change BEFORE UPDATE ON action_runs
  FOR EACH ROW
  EXECUTE FUNCTION daai_guard_change();

CREATE TRIGGER action_runs_keep_test BEFORE UPDATE ON action_runs
  FOR EACH ROW
  EXECUTE FUNCTION daai_keep_test();

CREATE TRIGGER action_runs_kept BEFORE DELETE ON action_runs
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER action_runs_legal_moves BEFORE UPDATE ON action_runs
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_illegal_move();

CREATE TRIGGER action_runs_limit_approval BEFORE UPDATE OF governance_status ON action_runs
  FOR EACH ROW
  WHEN (old.governance_status = 'pending_approval'::text AND new.governance_status = 'approved'::text AND NOT new.is_test)
  EXECUTE FUNCTION daai_limit_approval();

CREATE TRIGGER action_runs_mark_test BEFORE INSERT ON action_runs
  FOR EACH ROW
  EXECUTE FUNCTION daai_mark_test();

CREATE TRIGGER action_runs_settle_budgets AFTER UPDATE OF governance_status, execution_status, payload_text ON action_runs
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
