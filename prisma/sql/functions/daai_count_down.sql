-- Takes back what daai_count_up counted in the same transaction.
CREATE OR REPLACE FUNCTION daai_count_down(counter_scope text, counter_subject text, counter_period timestamp with time zone)
 RETURNS void
 LANGUAGE sql
AS $function$
  UPDATE usage_counters SET count = count - 1 WHERE scope = $1 AND subject = $2 AND period_start = $3
$function$;
