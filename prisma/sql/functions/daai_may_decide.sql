CREATE OR REPLACE FUNCTION daai_may_decide(workspace uuid, asked text[], person text, is_signed_in boolean, deciders text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (SELECT FROM workspaces w WHERE w.id = workspace AND w.deleted_at IS NULL)
  AND NOT daai_has_left(workspace, person) AND NOT daai_is_disabled(person)
  AND (
    EXISTS (
      SELECT FROM members m JOIN users u ON u.id = m.user_id
      WHERE m.workspace_id = workspace AND u.email = person AND m.role = ANY(deciders))
    OR (person = ANY(asked) AND (
      NOT is_signed_in OR EXISTS (SELECT FROM users u WHERE u.email = person AND u.email_verified_at IS NOT NULL))))
$function$;
