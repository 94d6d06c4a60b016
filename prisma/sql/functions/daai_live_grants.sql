-- The grants that could allow a run of an action now.
CREATE OR REPLACE FUNCTION daai_live_grants(action uuid, at timestamp with time zone)
 RETURNS SETOF standing_grants
 LANGUAGE sql
 STABLE
AS $function$
  SELECT g.* FROM standing_grants g
  CROSS JOIN LATERAL (SELECT count(*)::int AS uses, coalesce(sum(u.amount), 0) AS used FROM grant_uses u WHERE u.grant_id = g.id) spent
  WHERE g.action_id = $1 AND g.ended_at IS NULL AND g.ends_at > $2 AND g.facts_text IS NOT NULL AND daai_grant_state(g, spent.uses, spent.used, $2) = 'live'
$function$;
