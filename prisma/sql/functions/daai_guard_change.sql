-- A run that was approved with a change runs only under a claim that gave the changed payload, whichever release gave it.
CREATE OR REPLACE FUNCTION daai_guard_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.approved_payload_hash IS NOT NULL AND (
    NEW.claim_token_hash IS NOT NULL
      AND NEW.claim_seal IS DISTINCT FROM daai_claim_seal(NEW.approved_payload_hash, NEW.claim_token_hash, NEW.claimed_at)
    OR NEW.execution_status IN ('executed', 'failed') AND NEW.claim_token_hash IS NULL)
  THEN
    RAISE EXCEPTION 'run % was approved with a change, and may only be executed as changed', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$;
