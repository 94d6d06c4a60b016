-- Whether an account of the person at this address is disabled, whichever of their addresses it is.
CREATE OR REPLACE FUNCTION daai_is_disabled(email text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (
    SELECT FROM users u WHERE daai_person(u.email) = daai_person(daai_is_disabled.email) AND u.disabled_at IS NOT NULL)
$function$;
