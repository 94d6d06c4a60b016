-- What is used of a budget in a period: its totals without what was given back since the last proposal looked at them.
CREATE OR REPLACE FUNCTION daai_budget_levels(budget uuid, starts timestamp with time zone)
 RETURNS TABLE(per_key bytea, used numeric)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT u.per_key, sum(u.used) FROM (
    SELECT t.per_key, t.used FROM budget_totals t WHERE t.budget_id = budget AND t.period_start = starts
    UNION ALL
    SELECT e.per_key, -e.amount FROM budget_entries e
    WHERE e.budget_id = budget AND e.period_start = starts AND e.state = 'given_back' AND NOT e.is_deducted) u
  GROUP BY u.per_key
$function$;
