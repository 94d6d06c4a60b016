-- Gives a use back when its run ends before anyone could execute it. A failed run keeps its use: it was carried out once. And a
-- grant's values are erased with the run they were read from.
CREATE OR REPLACE FUNCTION daai_settle_grants()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.governance_status IN ('rejected', 'blocked') THEN
    UPDATE grant_uses SET state = 'given_back' WHERE run_id = NEW.id AND state = 'used';
  END IF;
  IF NEW.payload_text IS NULL THEN
    UPDATE standing_grants SET facts_text = NULL WHERE run_id = NEW.id AND facts_text IS NOT NULL;
  END IF;
  RETURN NULL;
END $function$;
