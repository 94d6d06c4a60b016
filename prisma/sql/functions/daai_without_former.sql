CREATE OR REPLACE FUNCTION daai_without_former(workspace uuid, emails text[])
 RETURNS text[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT ARRAY(
    SELECT email FROM unnest(emails) WITH ORDINALITY AS listed (email, place)
    WHERE NOT daai_has_left(workspace, email) AND NOT daai_is_disabled(email) ORDER BY place)
$function$;
