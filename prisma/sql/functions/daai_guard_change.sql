-- A run that was approved with a change runs only under a claim that gave the changed payload, whichever release gave it.
CREATE OR REPLACE FUNCTION daai_guard_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'run % was approved with a change, and may only be executed as changed', OLD.id USING ERRCODE = 'restrict_violation';
END $function$;
