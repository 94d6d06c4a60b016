-- PostgreSQL parses the text of every CHECK of a table, and of every condition of its triggers, again for each statement that writes one row of
-- it. On action_runs that was most of what an UPDATE cost. What is checked stays the same: the conditions move into functions, which a session
-- compiles once.

CREATE FUNCTION daai_check_run(run action_runs) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $function$
DECLARE
  broken text;
BEGIN
  IF NOT (run.governance_status IN ('allowed', 'approved')
      AND CASE WHEN run.is_test THEN run.execution_status = 'not_executed'
        ELSE run.execution_status IN ('awaiting_execution_report', 'executed', 'failed') END
    OR run.governance_status IN ('pending_approval', 'rejected', 'blocked') AND run.execution_status = 'not_executed') THEN
    broken := 'action_runs_statuses';
  ELSIF (run.governance_status = 'pending_approval') <> (run.decided_at IS NULL) THEN
    broken := 'action_runs_decided';
  ELSIF run.governance_status = 'pending_approval' AND run.expires_at IS NULL THEN
    broken := 'action_runs_pending_expires';
  ELSIF (run.execution_status IN ('executed', 'failed')) <> (run.execution_reported_at IS NOT NULL) THEN
    broken := 'action_runs_reported';
  ELSIF (run.claim_token_hash IS NULL) <> (run.claim_expires_at IS NULL) OR (run.claim_token_hash IS NULL) <> (run.claim_worker IS NULL)
    OR run.claim_token_hash IS NOT NULL AND run.governance_status NOT IN ('allowed', 'approved') THEN
    broken := 'action_runs_claim';
  ELSIF run.is_test AND run.claim_token_hash IS NOT NULL THEN
    broken := 'action_runs_test_unclaimed';
  ELSIF run.attempt < 1 OR (run.attempt = 1) <> (run.previous_run_id IS NULL) OR run.attempt > 1 AND run.idempotency_key IS NULL THEN
    broken := 'action_runs_attempt';
  ELSIF char_length(run.idempotency_key) NOT BETWEEN 1 AND 256 THEN
    broken := 'action_runs_idempotency_key';
  ELSIF run.approved_payload_hash IS NOT NULL AND NOT run.accepts_changes THEN
    broken := 'action_runs_changed';
  ELSIF (run.payload_text IS NULL) <> (run.payload_salt IS NULL) OR (run.payload_text IS NULL) <> (run.payload IS NULL) THEN
    broken := 'action_runs_payload';
  ELSIF (run.payload_text IS NULL) <> (run.sentence IS NULL) THEN
    broken := 'action_runs_sentence';
  ELSIF run.payload_text IS NULL AND num_nonnulls(run.reasoning, run.source_type, run.source_ref, run.amount, run.currency, run.recipient,
      run.execution_result_text, run.execution_error) > 0 THEN
    broken := 'action_runs_erased';
  ELSE
    RETURN true;
  END IF;
  RAISE EXCEPTION 'new row for relation "action_runs" violates check constraint "%"', broken
    USING ERRCODE = 'check_violation', TABLE = 'action_runs', CONSTRAINT = broken;
END $function$;
COMMENT ON FUNCTION daai_check_run(action_runs) IS 'What is true of every run, whoever writes it. Names what is broken.';

CREATE FUNCTION daai_check_budget_entry(entry budget_entries) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $function$
DECLARE
  broken text;
BEGIN
  IF entry.state NOT IN ('reserved', 'kept', 'given_back', 'not_counted') THEN
    broken := 'budget_entries_state';
  ELSIF entry.unreadable NOT IN ('amount', 'currency', 'per_value') THEN
    broken := 'budget_entries_unreadable';
  ELSIF (entry.amount IS NULL) <> (entry.unreadable IS NOT NULL) THEN
    broken := 'budget_entries_amount';
  ELSIF entry.is_deducted AND entry.state <> 'given_back' THEN
    broken := 'budget_entries_deducted';
  ELSE
    RETURN true;
  END IF;
  RAISE EXCEPTION 'new row for relation "budget_entries" violates check constraint "%"', broken
    USING ERRCODE = 'check_violation', TABLE = 'budget_entries', CONSTRAINT = broken;
END $function$;
COMMENT ON FUNCTION daai_check_budget_entry(budget_entries) IS 'What is true of every line of the ledger. Names what is broken.';

CREATE FUNCTION daai_check_shadow_answer(answer shadow_answers) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $function$
DECLARE
  broken text;
BEGIN
  IF answer.policy_outcome NOT IN ('allowed', 'blocked', 'pending_approval') THEN
    broken := 'shadow_answers_policy_outcome';
  ELSIF answer.outcome NOT IN ('allowed', 'blocked', 'pending_approval') THEN
    broken := 'shadow_answers_outcome';
  ELSIF (answer.outcome IS NULL) <> (answer.reason IS NULL) OR answer.rule IS NOT NULL AND answer.outcome IS NULL
    OR answer.outcome IS NOT NULL AND answer.policy_outcome IS NULL OR answer.is_erased AND answer.policy_outcome IS NOT NULL THEN
    broken := 'shadow_answers_whole';
  ELSE
    RETURN true;
  END IF;
  RAISE EXCEPTION 'new row for relation "shadow_answers" violates check constraint "%"', broken
    USING ERRCODE = 'check_violation', TABLE = 'shadow_answers', CONSTRAINT = broken;
END $function$;
COMMENT ON FUNCTION daai_check_shadow_answer(shadow_answers) IS 'What is true of every answer of a shadow policy. Names what is broken.';

-- NOT VALID: every row is known to hold it, because it held the constraints that this one replaces. What is written is checked.
ALTER TABLE action_runs
  DROP CONSTRAINT action_runs_statuses, DROP CONSTRAINT action_runs_decided, DROP CONSTRAINT action_runs_pending_expires,
  DROP CONSTRAINT action_runs_reported, DROP CONSTRAINT action_runs_claim, DROP CONSTRAINT action_runs_test_unclaimed,
  DROP CONSTRAINT action_runs_attempt, DROP CONSTRAINT action_runs_idempotency_key, DROP CONSTRAINT action_runs_changed,
  DROP CONSTRAINT action_runs_payload, DROP CONSTRAINT action_runs_sentence, DROP CONSTRAINT action_runs_erased,
  ADD CONSTRAINT action_runs_sound CHECK (daai_check_run(action_runs)) NOT VALID;
ALTER TABLE budget_entries
  DROP CONSTRAINT budget_entries_state, DROP CONSTRAINT budget_entries_unreadable, DROP CONSTRAINT budget_entries_amount,
  DROP CONSTRAINT budget_entries_deducted,
  ADD CONSTRAINT budget_entries_sound CHECK (daai_check_budget_entry(budget_entries)) NOT VALID;
ALTER TABLE shadow_answers
  DROP CONSTRAINT shadow_answers_policy_outcome, DROP CONSTRAINT shadow_answers_outcome, DROP CONSTRAINT shadow_answers_whole,
  ADD CONSTRAINT shadow_answers_sound CHECK (daai_check_shadow_answer(shadow_answers)) NOT VALID;

CREATE OR REPLACE FUNCTION daai_forbid_illegal_move() RETURNS trigger
LANGUAGE plpgsql AS $function$
DECLARE
  is_approval CONSTANT boolean := OLD.governance_status = 'pending_approval' AND NEW.governance_status = 'approved';
BEGIN
  IF OLD.governance_status <> 'pending_approval'
      AND (NEW.governance_status <> OLD.governance_status OR NEW.governance_reason <> OLD.governance_reason OR NEW.decided_at <> OLD.decided_at
        OR NEW.decided_by IS DISTINCT FROM OLD.decided_by)
      AND NOT (OLD.execution_status = 'awaiting_execution_report' AND OLD.claim_token_hash IS NULL AND NEW.governance_status = 'rejected'
        AND NEW.governance_reason IN ('withdrawn', 'approval_revoked', 'approval_lapsed') AND NEW.decided_at >= OLD.decided_at)
    OR OLD.governance_status = 'pending_approval' AND NEW.governance_status = 'allowed'
    OR OLD.execution_status = 'not_executed' AND NEW.execution_status IN ('executed', 'failed')
    OR OLD.execution_status IN ('executed', 'failed')
      AND (NEW.execution_status <> OLD.execution_status OR NEW.execution_reported_at <> OLD.execution_reported_at)
    -- What was proposed.
    OR NEW.id <> OLD.id
    OR NEW.workspace_id <> OLD.workspace_id
    OR NEW.api_key_id <> OLD.api_key_id
    OR NEW.action_name <> OLD.action_name
    OR NEW.payload_hash <> OLD.payload_hash
    OR NEW.created_at <> OLD.created_at
    OR NEW.idempotency_key IS DISTINCT FROM OLD.idempotency_key
    OR NEW.attempt <> OLD.attempt
    OR NEW.previous_run_id IS DISTINCT FROM OLD.previous_run_id
    OR NEW.action_id IS DISTINCT FROM OLD.action_id
    OR NEW.policy_version_id IS DISTINCT FROM OLD.policy_version_id
    OR NEW.policy_rule IS DISTINCT FROM OLD.policy_rule
    OR NEW.action_title IS DISTINCT FROM OLD.action_title
    OR NEW.payload_text IS NOT NULL AND NEW.payload_text IS DISTINCT FROM OLD.payload_text
    OR NEW.payload IS NOT NULL AND NEW.payload IS DISTINCT FROM OLD.payload
    OR NEW.payload_salt IS NOT NULL AND NEW.payload_salt IS DISTINCT FROM OLD.payload_salt
    -- What the agent said, what was read from the payload, and what was reported change in no other way than by being erased, or by a change
    -- that is approved.
    OR NEW.payload_text IS NOT NULL
      AND (NEW.reasoning IS DISTINCT FROM OLD.reasoning
        OR NEW.source_type IS DISTINCT FROM OLD.source_type
        OR NEW.source_ref IS DISTINCT FROM OLD.source_ref
        OR (NEW.amount IS DISTINCT FROM OLD.amount OR NEW.currency IS DISTINCT FROM OLD.currency OR NEW.recipient IS DISTINCT FROM OLD.recipient
            OR NEW.sentence IS DISTINCT FROM OLD.sentence)
          AND NOT (is_approval AND NEW.approved_payload_hash IS NOT NULL)
        OR OLD.execution_reported_at IS NOT NULL AND (NEW.execution_result_text IS DISTINCT FROM OLD.execution_result_text
          OR NEW.execution_error IS DISTINCT FROM OLD.execution_error))
    -- A change is approved with the run, and with nothing else.
    OR NEW.accepts_changes AND NOT OLD.accepts_changes
    OR OLD.accepts_changes AND NOT NEW.accepts_changes AND OLD.governance_status <> 'pending_approval'
    OR NEW.approved_payload_hash IS DISTINCT FROM OLD.approved_payload_hash AND NOT is_approval
  THEN
    RAISE EXCEPTION 'run % cannot go from %/% to %/% or change what was proposed', OLD.id,
      OLD.governance_status, OLD.execution_status, NEW.governance_status, NEW.execution_status
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION daai_guard_change() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
  IF NEW.approved_payload_hash IS NOT NULL AND (
    NEW.claim_token_hash IS NOT NULL
      AND NEW.claim_seal IS DISTINCT FROM daai_claim_seal(NEW.approved_payload_hash, NEW.claim_token_hash, NEW.claimed_at)
    OR NEW.execution_status IN ('executed', 'failed') AND NEW.claim_token_hash IS NULL)
  THEN
    RAISE EXCEPTION 'run % was approved with a change, and may only be executed as changed', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION daai_keep_test() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
  IF NEW.is_test <> OLD.is_test THEN NEW.is_test := OLD.is_test; END IF;
  IF NEW.is_test AND NEW.execution_status <> 'not_executed' THEN NEW.execution_status := 'not_executed'; END IF;
  RETURN NEW;
END $function$;

CREATE OR REPLACE FUNCTION daai_mark_test() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
  -- Assigning to NEW makes PostgreSQL build the row again.
  IF EXISTS (SELECT FROM api_keys key WHERE key.id = NEW.api_key_id AND key.kind = 'test') THEN
    NEW.is_test := true;
    NEW.execution_status := 'not_executed';
  ELSIF NEW.is_test THEN
    NEW.is_test := false;
  END IF;
  RETURN NEW;
END $function$;

CREATE FUNCTION daai_keep_budget_entry() RETURNS trigger
LANGUAGE plpgsql AS $function$
BEGIN
  IF NEW.run_id <> OLD.run_id
    OR NEW.budget_id <> OLD.budget_id
    OR NEW.workspace_id <> OLD.workspace_id
    OR NEW.budget_name <> OLD.budget_name
    OR NEW.limit_value <> OLD.limit_value
    OR NEW.when_exceeded <> OLD.when_exceeded
    OR NEW.period_start <> OLD.period_start
    OR NEW.period_end <> OLD.period_end
    OR NEW.used_before <> OLD.used_before
    OR NEW.is_exceeded <> OLD.is_exceeded
    OR NEW.is_named <> OLD.is_named
    OR NOT (OLD.state = 'reserved' AND NEW.state = 'reserved')
      AND (NEW.per_key <> OLD.per_key OR NEW.amount IS DISTINCT FROM OLD.amount OR NEW.unreadable IS DISTINCT FROM OLD.unreadable
        OR NEW.per_value IS NOT NULL AND NEW.per_value IS DISTINCT FROM OLD.per_value)
    OR OLD.state <> 'reserved' AND NEW.state <> OLD.state
    OR OLD.is_deducted AND NOT NEW.is_deducted
  THEN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$;
COMMENT ON FUNCTION daai_keep_budget_entry() IS 'A line of the ledger is settled once, and what it counted stays.';

DROP TRIGGER action_runs_change_kept ON action_runs;
DROP TRIGGER action_runs_texts_kept ON action_runs;
CREATE OR REPLACE TRIGGER action_runs_legal_moves BEFORE UPDATE ON action_runs FOR EACH ROW EXECUTE FUNCTION daai_forbid_illegal_move();
CREATE OR REPLACE TRIGGER action_runs_guard_change BEFORE UPDATE ON action_runs FOR EACH ROW EXECUTE FUNCTION daai_guard_change();
CREATE OR REPLACE TRIGGER action_runs_keep_test BEFORE UPDATE ON action_runs FOR EACH ROW EXECUTE FUNCTION daai_keep_test();
-- Who erases sets payload_text; who ends a run sets a status.
CREATE OR REPLACE TRIGGER action_runs_erased_with_receipt BEFORE UPDATE OF payload_text ON action_runs FOR EACH ROW
  WHEN (OLD.payload_text IS NOT NULL AND NEW.payload_text IS NULL) EXECUTE FUNCTION daai_require_erasure_receipt();
CREATE OR REPLACE TRIGGER action_runs_erase_grant_facts AFTER UPDATE OF payload_text ON action_runs FOR EACH ROW
  WHEN (OLD.payload_text IS NOT NULL AND NEW.payload_text IS NULL) EXECUTE FUNCTION daai_erase_grant_facts();
CREATE OR REPLACE TRIGGER action_runs_settle_budgets AFTER UPDATE OF governance_status, execution_status, payload_text ON action_runs FOR EACH ROW
  WHEN (OLD.execution_status <> NEW.execution_status AND NEW.execution_status IN ('executed', 'failed')
    OR OLD.governance_status <> NEW.governance_status AND NEW.governance_status IN ('rejected', 'blocked')
    OR OLD.payload_text IS NOT NULL AND NEW.payload_text IS NULL) EXECUTE FUNCTION daai_settle_budgets();
CREATE OR REPLACE TRIGGER budget_entries_settled_once BEFORE UPDATE ON budget_entries FOR EACH ROW EXECUTE FUNCTION daai_keep_budget_entry();
