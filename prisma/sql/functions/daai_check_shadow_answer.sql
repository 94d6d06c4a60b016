-- What is true of every answer of a shadow policy. Names what is broken.
CREATE OR REPLACE FUNCTION daai_check_shadow_answer(answer shadow_answers)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
DECLARE
  broken text;
BEGIN
  IF answer.policy_outcome NOT IN ('allowed', 'blocked', 'pending_approval') THEN
    broken := 'shadow_answers_policy_outcome';
  ELSIF answer.outcome NOT IN ('allowed', 'blocked', 'pending_approval') THEN
    broken := 'shadow_answers_outcome';
  ELSIF (answer.outcome IS NULL) <> (answer.reason IS NULL) OR answer.rule IS NOT NULL AND answer.outcome IS NULL
    OR answer.outcome IS NOT NULL AND answer.policy_outcome IS NULL OR answer.is_erased AND answer.policy_outcome IS NOT NULL THEN
    broken := 'shadow_answers_whole';
  ELSE
    RETURN true;
  END IF;
  RAISE EXCEPTION 'new row for relation "shadow_answers" violates check constraint "%"', broken
    USING ERRCODE = 'check_violation', TABLE = 'shadow_answers', CONSTRAINT = broken;
END $function$;
