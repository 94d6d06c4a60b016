-- The budget that a run goes over, as the wire has it; null when it goes over none. After erasure without what was read from
-- the payload.
CREATE OR REPLACE FUNCTION daai_run_budget(run uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  SELECT jsonb_build_object('name', e.budget_name, 'measure', b.measure, 'currency', b.currency, 'limit', trim_scale(e.limit_value)::text,
    'per', b.per, 'per_field', b.per_field, 'per_value', e.per_value, 'period', b.period, 'time_zone', b.time_zone,
    'period_start', daai_iso_time(e.period_start), 'period_end', daai_iso_time(e.period_end),
    'used_before', trim_scale(e.used_before)::text,
    'amount', CASE WHEN r.payload_text IS NOT NULL THEN trim_scale(e.amount)::text END,
    'unreadable', e.unreadable, 'when_exceeded', e.when_exceeded)
  FROM budget_entries e JOIN budgets b ON b.id = e.budget_id JOIN action_runs r ON r.id = e.run_id
  WHERE e.run_id = run AND e.is_named
$function$;
