-- Whether this person could approve every run of an action, by their role or because they are asked about each. Who stands in
-- for someone, or was asked about one run alone, could not.
CREATE OR REPLACE FUNCTION daai_could_approve(action registered_actions, person text, deciders text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT NOT daai_has_left(action.workspace_id, person) AND NOT daai_is_disabled(person) AND EXISTS (
    SELECT FROM workspaces w WHERE w.id = action.workspace_id AND w.deleted_at IS NULL AND (
      EXISTS (SELECT FROM members m JOIN users u ON u.id = m.user_id WHERE m.workspace_id = w.id AND u.email = person AND m.role = ANY(deciders))
      OR person = ANY(CASE WHEN action.approver_emails <> '{}' THEN action.approver_emails WHEN w.approver_emails <> '{}' THEN w.approver_emails
        ELSE ARRAY(SELECT u.email FROM users u WHERE u.id = w.owner_id) END)))
$function$;
