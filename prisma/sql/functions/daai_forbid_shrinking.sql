-- A log grows, and what was signed stays.
CREATE OR REPLACE FUNCTION daai_forbid_shrinking()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'the receipt log of workspace % cannot shrink from % to %', OLD.workspace_id, OLD.size, NEW.size USING ERRCODE = 'restrict_violation';
END $function$;
