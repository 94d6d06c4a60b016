-- Which payload a claim gave. Bound to that one claim: it stays in the row after the claim has ended, and fits no other.
CREATE OR REPLACE FUNCTION daai_claim_seal(approved_payload_hash bytea, claim_token_hash bytea, claimed_at timestamp with time zone)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT sha256($1 || $2 || int8send((extract(epoch FROM $3) * 1000)::bigint))
$function$;
