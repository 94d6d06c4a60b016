-- 0 for low to 3 for critical, as the application counts them.
CREATE OR REPLACE FUNCTION daai_risk_rank(risk_level text)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE risk_level WHEN 'critical' THEN 3 WHEN 'high' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END
$function$;
