CREATE OR REPLACE FUNCTION daai_has_second_eyes(workspace uuid, asked text[], maker text, deciders text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (
    SELECT FROM (
      SELECT unnest(asked)
      UNION ALL
      SELECT u.email FROM members m JOIN users u ON u.id = m.user_id WHERE m.workspace_id = workspace AND m.role = ANY(deciders)
    ) able (email)
    WHERE daai_person(able.email) <> daai_person(maker) AND NOT daai_has_left(workspace, able.email)
      AND NOT daai_is_disabled(able.email))
$function$;
