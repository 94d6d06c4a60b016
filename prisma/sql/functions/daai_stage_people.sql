-- Everyone whom stages list.
CREATE OR REPLACE FUNCTION daai_stage_people(stages jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT ARRAY(SELECT person FROM jsonb_array_elements(stages) stage CROSS JOIN LATERAL jsonb_array_elements_text(stage -> 'people') person)
$function$;
