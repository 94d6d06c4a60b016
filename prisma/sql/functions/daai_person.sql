CREATE OR REPLACE FUNCTION daai_person(email text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  SELECT lower(regexp_replace(email, '^([^+@]+)\+[^@]*@', '\1@') COLLATE "C")
$function$;
