-- One idempotency key never has two runs that may be executed: the next one is made after the last one is over for good.
CREATE OR REPLACE FUNCTION daai_require_ended_attempt()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NOT EXISTS (SELECT FROM action_runs previous
      WHERE previous.workspace_id = NEW.workspace_id AND previous.id = NEW.previous_run_id AND previous.action_name = NEW.action_name
        AND previous.idempotency_key = NEW.idempotency_key AND previous.attempt = NEW.attempt - 1
        AND daai_ended_at(previous.governance_status, previous.execution_status, previous.decided_at, previous.execution_reported_at) IS NOT NULL) THEN
    RAISE EXCEPTION 'run % cannot follow run %, which is not over or has another key', NEW.id, NEW.previous_run_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$;
