-- What is true of every run, whoever writes it. Names what is broken.
CREATE OR REPLACE FUNCTION daai_check_run(run action_runs)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
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
