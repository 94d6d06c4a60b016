-- How much of a limit is used up.
CREATE OR REPLACE FUNCTION daai_counted(counter_scope text, counter_subject text, counter_period timestamp with time zone)
 RETURNS integer
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce((SELECT count FROM usage_counters WHERE scope = $1 AND subject = $2 AND period_start = $3), 0)
$function$;
