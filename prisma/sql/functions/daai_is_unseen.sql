-- Whether nobody has opened a request for too long, as the application says it.
CREATE OR REPLACE FUNCTION daai_is_unseen(opened_at timestamp with time zone, created_at timestamp with time zone, expires_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT opened_at IS NULL AND now() - created_at > least(interval '10 minutes', (expires_at - created_at) / 4)
$function$;
