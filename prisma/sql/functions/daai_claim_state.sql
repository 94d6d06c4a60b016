-- For processes of the release before, which know no end of an approval and no freezes.
CREATE OR REPLACE FUNCTION daai_claim_state(execution_status text, claim_token_hash bytea, claim_expires_at timestamp with time zone, auto_releases_claims boolean, at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT daai_claim_state(execution_status, claim_token_hash, claim_expires_at, auto_releases_claims, NULL, NULL, at)
$function$;

CREATE OR REPLACE FUNCTION daai_claim_state(execution_status text, claim_token_hash bytea, claim_expires_at timestamp with time zone, auto_releases_claims boolean, approval_valid_until timestamp with time zone, frozen_since timestamp with time zone, at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE
    WHEN execution_status <> 'awaiting_execution_report' THEN 'none'
    WHEN claim_token_hash IS NULL THEN CASE
      WHEN approval_valid_until <= least(at, frozen_since) THEN 'approval_lapsed'
      WHEN frozen_since IS NOT NULL THEN 'frozen'
      ELSE 'none' END
    WHEN claim_expires_at > at THEN 'held'
    WHEN auto_releases_claims AND frozen_since IS NULL AND (approval_valid_until IS NULL OR approval_valid_until > at) THEN 'lapsed'
    ELSE 'in_doubt' END
$function$;
