-- Writes a new run's lines of the ledger.
CREATE OR REPLACE FUNCTION daai_write_budget_entries(workspace uuid, run uuid, ledger budget_entries[], exceeded uuid, is_counted boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE e budget_entries;
BEGIN
  FOREACH e IN ARRAY ledger LOOP
    INSERT INTO budget_entries (workspace_id, run_id, budget_id, budget_name, limit_value, when_exceeded, per_key, per_value, period_start, period_end,
      used_before, amount, unreadable, is_exceeded, is_named, state)
    VALUES (workspace, run, e.budget_id, e.budget_name, e.limit_value, e.when_exceeded, e.per_key, e.per_value, e.period_start, e.period_end,
      e.used_before, e.amount, e.unreadable, e.is_exceeded, e.budget_id IS NOT DISTINCT FROM exceeded, CASE WHEN is_counted THEN 'reserved' ELSE 'not_counted' END);
  END LOOP;
  IF NOT is_counted THEN PERFORM daai_release_budgets(ledger); END IF;
END $function$;
