-- The standing grant that allowed a run, as the wire has it; null when none did.
CREATE OR REPLACE FUNCTION daai_run_grant(run uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  SELECT jsonb_build_object('id', g.id, 'run_id', g.run_id, 'given_by', g.given_by, 'given_at', daai_iso_time(g.created_at),
    'confirmed_by', g.confirmed_by, 'facts', g.facts, 'asked_reason', u.asked_reason, 'currency', g.currency,
    'amount_each', trim_scale(g.amount_each)::text, 'total', trim_scale(g.total)::text, 'max_uses', g.max_uses, 'ends_at', daai_iso_time(g.ends_at),
    'uses_before', u.uses_before, 'used_before', trim_scale(u.used_before)::text)
  FROM grant_uses u JOIN standing_grants g ON g.id = u.grant_id WHERE u.run_id = run
$function$;
