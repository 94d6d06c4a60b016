-- Whom an action asks after those: nobody, where the rule that asks has approvers of its own.
CREATE OR REPLACE FUNCTION daai_own_later_stages(later jsonb, rule_approvers jsonb, rule text)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE WHEN EXISTS (SELECT FROM jsonb_array_elements(rule_approvers) one WHERE one->>'rule' = rule) THEN '[]' ELSE later END
$function$;
