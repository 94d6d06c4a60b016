CREATE OR REPLACE FUNCTION daai_claim_state(execution_status text, claim_token_hash bytea, claim_expires_at timestamp with time zone, auto_releases_claims boolean, at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE
    WHEN execution_status <> 'awaiting_execution_report' OR claim_token_hash IS NULL THEN 'none'
    WHEN claim_expires_at > at THEN 'held'
    WHEN auto_releases_claims THEN 'lapsed'
    ELSE 'in_doubt' END
$function$;
