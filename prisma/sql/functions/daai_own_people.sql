-- Whom an action asks first: `people`, or the approvers of the rule that asks, if it has its own.
CREATE OR REPLACE FUNCTION daai_own_people(people text[], rule_approvers jsonb, rule text)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT coalesce(
    (SELECT daai_stage_people(jsonb_build_array(one)) FROM jsonb_array_elements(rule_approvers) one WHERE one->>'rule' = rule LIMIT 1), people)
$function$;
