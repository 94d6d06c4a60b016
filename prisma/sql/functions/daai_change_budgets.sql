-- Makes a pending run reserve what it was changed to, before it is approved as such, which locks run_counts. Returns the name
-- of a budget that blocks what the change adds to it; the caller then rolls back.
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
  -- As in daai_intercept, the owner's monthly counter comes before the budgets' totals, which are all under this lock.
  PERFORM daai_count_up('runs_per_month', w.owner_id::text, date_trunc('month', clock_timestamp(), 'UTC'), NULL, 0)
  FROM workspaces w WHERE w.id = run.workspace_id;
  PERFORM daai_release_budgets(reserved, NULL);
  SELECT r.ledger INTO ledger FROM daai_reserve_budgets(run.workspace_id, run.id, counted, run.created_at, NULL) r;
  UPDATE budget_entries e SET per_key = changed.per_key, per_value = changed.per_value, amount = changed.amount, unreadable = changed.unreadable
  FROM unnest(ledger) changed WHERE e.run_id = run.id AND e.budget_id = changed.budget_id AND e.state = 'reserved';
  SELECT changed.budget_name INTO over FROM unnest(ledger) changed JOIN unnest(reserved) proposed ON proposed.budget_id = changed.budget_id
  WHERE changed.is_exceeded AND changed.when_exceeded = 'block'
    -- Whatever the limit is by now, less of the same is never refused.
    AND NOT coalesce(changed.per_key = proposed.per_key AND changed.period_start = proposed.period_start AND changed.amount <= proposed.amount, false)
  ORDER BY changed.budget_id LIMIT 1;
  RETURN over;
END $function$;
