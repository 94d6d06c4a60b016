-- The values of a grant are erased with the run that they were read from.
CREATE OR REPLACE FUNCTION daai_erase_grant_facts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE standing_grants SET facts_text = NULL WHERE run_id = NEW.id AND facts_text IS NOT NULL;
  RETURN NULL;
END $function$;
