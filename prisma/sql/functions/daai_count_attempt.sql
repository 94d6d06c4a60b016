-- Counts one attempt in several counters of the current window, or in none of them: `is_counted` is false when one is at its
-- limit. Windows are whole multiples of their length since 1970, so every process agrees on them. The counters' rows are locked
-- in the given order until the transaction ends; callers give them in one order, so that none waits for another's.
CREATE OR REPLACE FUNCTION daai_count_attempt(counter_scopes text[], counter_subjects text[], counter_limits integer[], window_minutes integer)
 RETURNS TABLE(is_counted boolean, window_start timestamp with time zone, window_end timestamp with time zone, checked_at timestamp with time zone)
 LANGUAGE plpgsql
AS $function$
DECLARE
  window_seconds int := window_minutes * 60;
BEGIN
  checked_at := clock_timestamp();
  window_start := to_timestamp(floor(extract(epoch FROM checked_at) / window_seconds) * window_seconds);
  window_end := window_start + make_interval(mins => window_minutes);
  is_counted := true;
  FOR i IN 1 .. coalesce(array_length(counter_scopes, 1), 0) LOOP
    IF daai_count_up(counter_scopes[i], counter_subjects[i], window_start, counter_limits[i]) IS NULL THEN
      FOR j IN 1 .. i - 1 LOOP
        PERFORM daai_count_down(counter_scopes[j], counter_subjects[j], window_start);
      END LOOP;
      is_counted := false;
      EXIT;
    END IF;
  END LOOP;
  RETURN NEXT;
END $function$;
