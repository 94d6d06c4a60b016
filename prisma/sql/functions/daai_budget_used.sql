-- What is used of a budget: the total without what was given back since the last proposal looked at it.
CREATE OR REPLACE FUNCTION daai_budget_used(total budget_totals)
 RETURNS numeric
 LANGUAGE sql
 STABLE
AS $function$
  SELECT total.used - coalesce((SELECT sum(e.amount) FROM budget_entries e WHERE e.budget_id = total.budget_id
    AND e.per_key = total.per_key AND e.period_start = total.period_start AND e.state = 'given_back' AND NOT e.is_deducted), 0)
$function$;
