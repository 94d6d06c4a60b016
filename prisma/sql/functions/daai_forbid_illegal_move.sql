-- A final status stays, and what was proposed stays; only a payload may be erased, never replaced.
CREATE OR REPLACE FUNCTION daai_forbid_illegal_move()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
