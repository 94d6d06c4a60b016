-- The only place where a reservation ends: an executed run keeps it; a failed, rejected or blocked one gives it back, however
-- it came to that. A run in doubt stays reserved. Only the run's own entries are written, so an ending never waits for a
-- budget.
CREATE OR REPLACE FUNCTION daai_settle_budgets()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.execution_status = 'executed' THEN
    UPDATE budget_entries SET state = 'kept' WHERE run_id = NEW.id AND state = 'reserved';
  ELSIF NEW.execution_status = 'failed' OR NEW.governance_status IN ('rejected', 'blocked') THEN
    UPDATE budget_entries SET state = 'given_back' WHERE run_id = NEW.id AND state = 'reserved';
  END IF;
  IF NEW.payload_text IS NULL THEN
    UPDATE budget_entries SET per_value = NULL WHERE run_id = NEW.id AND per_value IS NOT NULL;
  END IF;
  RETURN NULL;
END $function$;
