-- Whether a grant still allows anything, given what is used of it. The same rule as grantState in TypeScript.
CREATE OR REPLACE FUNCTION daai_grant_state(g standing_grants, uses integer, used numeric, at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE
    WHEN g.ended_at IS NOT NULL THEN 'ended'
    WHEN at >= g.ends_at THEN 'expired'
    WHEN uses >= g.max_uses OR used >= g.total THEN 'used_up'
    WHEN g.needs_confirmation AND g.confirmed_at IS NULL THEN 'unconfirmed'
    ELSE 'live' END
$function$;
