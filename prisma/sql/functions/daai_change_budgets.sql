-- Makes a run reserve what it was changed to. Returns the name of a budget that would have blocked it as it is now; the caller
-- then rolls back.
CREATE OR REPLACE FUNCTION daai_change_budgets(run action_runs, counted jsonb)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
DECLARE
  reserved budget_entries[];
  ledger budget_entries[];
  over text;
BEGIN
  SELECT array_agg(e ORDER BY e.budget_id) INTO reserved FROM budget_entries e WHERE e.run_id = run.id AND e.state = 'reserved';
  IF reserved IS NULL THEN RETURN NULL; END IF;
  PERFORM daai_release_budgets(reserved);
  SELECT r.ledger INTO ledger FROM daai_reserve_budgets(run.workspace_id, counted, run.created_at) r;
  UPDATE budget_entries e SET per_key = changed.per_key, per_value = changed.per_value, amount = changed.amount, unreadable = changed.unreadable
  FROM unnest(ledger) changed WHERE e.run_id = run.id AND e.budget_id = changed.budget_id AND e.state = 'reserved';
  SELECT changed.budget_name INTO over FROM unnest(ledger) changed
  WHERE changed.is_exceeded AND changed.when_exceeded = 'block' ORDER BY changed.budget_id LIMIT 1;
  RETURN over;
END $function$;
