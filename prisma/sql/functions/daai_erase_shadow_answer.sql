-- What a shadow policy said of a payload is erased with it, whichever release erases it.
CREATE OR REPLACE FUNCTION daai_erase_shadow_answer()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE shadow_answers SET policy_outcome = NULL, outcome = NULL, reason = NULL, rule = NULL, is_erased = true
  WHERE workspace_id = NEW.workspace_id AND run_id = NEW.id;
  RETURN NULL;
END $function$;
