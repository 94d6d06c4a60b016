-- Counts `amount` up and returns the new count, or null (nothing counted) when that would pass the limit. Holds the counter's
-- row lock until the transaction ends, so that a limit is exact.
CREATE OR REPLACE FUNCTION daai_count_up(counter_scope text, counter_subject text, counter_period timestamp with time zone, counter_limit integer, amount integer DEFAULT 1)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
DECLARE
  counted int;
BEGIN
  IF counter_limit IS NOT NULL AND amount > counter_limit THEN
    RETURN NULL;
  END IF;
  INSERT INTO usage_counters AS c (scope, subject, period_start, count)
  VALUES (counter_scope, counter_subject, counter_period, amount)
  ON CONFLICT (scope, subject, period_start) DO UPDATE SET count = c.count + excluded.count
    WHERE counter_limit IS NULL OR c.count + excluded.count <= counter_limit
  RETURNING c.count INTO counted;
  RETURN counted;
END $function$;
