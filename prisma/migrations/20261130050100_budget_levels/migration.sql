-- All totals of a period at once: a budget that counts by recipient can have one for each of many thousands.
CREATE FUNCTION daai_budget_levels(budget uuid, starts timestamptz) RETURNS TABLE (per_key bytea, used numeric)
LANGUAGE sql STABLE AS $function$
  SELECT u.per_key, sum(u.used) FROM (
    SELECT t.per_key, t.used FROM budget_totals t WHERE t.budget_id = budget AND t.period_start = starts
    UNION ALL
    SELECT e.per_key, -e.amount FROM budget_entries e
    WHERE e.budget_id = budget AND e.period_start = starts AND e.state = 'given_back' AND NOT e.is_deducted) u
  GROUP BY u.per_key
$function$;
COMMENT ON FUNCTION daai_budget_levels(uuid, timestamptz) IS 'What is used of a budget in a period: its totals without what was given back since the last proposal looked at them.';
DROP FUNCTION daai_budget_used(budget_totals);

-- The runs of one value, and how the value is written. Runs that are counted all together have none.
CREATE INDEX budget_entries_by_value ON budget_entries (workspace_id, budget_id, per_key, run_id) WHERE per_value IS NOT NULL;
