-- Whether a grant answers what is asked about a run: the question that its giver was asked, or a full budget, which any
-- approval may exceed. The same rule as answersQuestion in TypeScript.
CREATE OR REPLACE FUNCTION daai_answers_question(given_reason text, given_rule text, asked_reason text, asked_rule text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT asked_reason = 'budget_exceeded_requires_approval' OR given_reason = asked_reason AND given_rule IS NOT DISTINCT FROM asked_rule
$function$;
