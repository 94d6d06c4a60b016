-- A time as it is written on the wire: UTC, to the millisecond.
CREATE OR REPLACE FUNCTION daai_iso_time(at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$function$;
