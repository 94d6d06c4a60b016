CREATE OR REPLACE FUNCTION daai_decides_in(person uuid, deciders text[])
 RETURNS TABLE(workspace_id uuid)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT m.workspace_id FROM members m JOIN workspaces w ON w.id = m.workspace_id AND w.deleted_at IS NULL
  JOIN users u ON u.id = m.user_id
  WHERE m.user_id = person AND NOT daai_is_disabled(u.email) AND m.role = ANY(deciders)
$function$;
