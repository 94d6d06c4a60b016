-- A final status stays, and what was proposed stays; only a payload may be erased, never replaced.
CREATE OR REPLACE FUNCTION daai_forbid_illegal_move()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'run % cannot go from %/% to %/% or change what was proposed', OLD.id,
    OLD.governance_status, OLD.execution_status, NEW.governance_status, NEW.execution_status
    USING ERRCODE = 'restrict_violation';
END $function$;
