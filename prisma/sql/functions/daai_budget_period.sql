-- The hour, day, week (from Monday) or month of a time zone's calendar that a time is in. Follows daylight saving time: a day
-- can have 23 or 25 hours.
CREATE OR REPLACE FUNCTION daai_budget_period(period text, zone text, at timestamp with time zone, OUT starts timestamp with time zone, OUT ends timestamp with time zone)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
AS $function$
DECLARE
  first timestamp;
  last timestamp;
BEGIN
  IF period = 'hour' THEN
    -- Keeps the offset of the time itself: an hour that occurs twice is two.
    starts := date_trunc('hour', at, zone);
    ends := starts + interval '1 hour';
    RETURN;
  END IF;
  first := date_trunc(period, at AT TIME ZONE zone);
  last := first + ('1 ' || period)::interval;
  starts := first AT TIME ZONE zone;
  ends := last AT TIME ZONE zone;
  -- A local time that occurs twice is read as the later one: a day whose midnight is repeated starts with the first.
  IF (starts - interval '1 hour') AT TIME ZONE zone = first THEN starts := starts - interval '1 hour'; END IF;
  IF (ends - interval '1 hour') AT TIME ZONE zone = last THEN ends := ends - interval '1 hour'; END IF;
END $function$;
