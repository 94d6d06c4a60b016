CREATE OR REPLACE FUNCTION daai_has_left(workspace uuid, email text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (
    SELECT FROM former_members f JOIN users u ON u.id = f.user_id
    WHERE f.workspace_id = workspace AND daai_person(u.email) = daai_person(daai_has_left.email))
  AND NOT EXISTS (
    SELECT FROM members m JOIN users u ON u.id = m.user_id
    WHERE m.workspace_id = workspace AND daai_person(u.email) = daai_person(daai_has_left.email))
$function$;
