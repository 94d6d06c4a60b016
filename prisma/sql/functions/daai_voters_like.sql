-- This person, if their yes to the run stands, whichever of their addresses they gave it at. As a list, to be added to those
-- who are asked.
CREATE OR REPLACE FUNCTION daai_voters_like(workspace uuid, run uuid, person text)
 RETURNS text[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT ARRAY(
    SELECT person FROM votes v
    WHERE v.workspace_id = workspace AND v.run_id = run AND v.revoked_at IS NULL AND daai_person(v.voter) = daai_person(person))
$function$;
