-- Stages without the people who left or are disabled. How many must say yes stays.
CREATE OR REPLACE FUNCTION daai_stages_without_former(workspace uuid, stages jsonb)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce(jsonb_agg(stage || jsonb_build_object('people', to_jsonb(daai_without_former(workspace, daai_stage_people(jsonb_build_array(stage)))))
    ORDER BY number), '[]')
  FROM jsonb_array_elements(stages) WITH ORDINALITY AS s (stage, number)
$function$;
