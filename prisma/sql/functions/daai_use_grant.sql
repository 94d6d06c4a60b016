-- The line of the ledger for a run that a grant allows; null when it doesn't allow it. Holds the grant's row lock until the
-- transaction ends, so that its limits are exact and its revocation is.
CREATE OR REPLACE FUNCTION daai_use_grant(workspace uuid, action uuid, api_key uuid, proposed jsonb, run_amount numeric, run_currency text, at timestamp with time zone)
 RETURNS grant_uses
 LANGUAGE plpgsql
AS $function$
DECLARE
  g standing_grants;
  u grant_uses;
BEGIN
  -- Proposals of one owner follow each other by the owner's counter, so who else holds the row ends or confirms the grant. A proposal doesn't wait
  -- for that: its batch may hold a grant that the other one waits for. Over the end of a month, when the counter changes, a person may be asked.
  SELECT * INTO g FROM standing_grants s WHERE s.id = (proposed->>'id')::uuid AND s.workspace_id = workspace AND s.action_id = action
  FOR NO KEY UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN NULL; END IF;
  -- A statement of its own, which sees every use that was committed before the lock.
  SELECT count(*), coalesce(sum(x.amount), 0) INTO u.uses_before, u.used_before FROM grant_uses x WHERE x.grant_id = g.id;
  u.grant_id := g.id;
  u.asked_reason := proposed->>'asked_reason';
  u.amount := run_amount;
  IF daai_grant_refusal(g, u.uses_before, u.used_before, run_amount, run_currency, at) IS NOT NULL
    OR g.facts_text IS DISTINCT FROM proposed->>'facts_text'
    OR NOT daai_answers_question(g.asked_reason, g.asked_rule, u.asked_reason, proposed->>'asked_rule')
    OR daai_grant_lost(g, ARRAY(SELECT jsonb_array_elements_text(proposed->'deciders'))) IS NOT NULL
    -- Nobody approves what they proposed. And a test uses nothing up.
    OR EXISTS (SELECT FROM api_keys k, registered_actions a WHERE k.id = api_key AND a.id = action AND (k.kind = 'test'
      OR a.requires_four_eyes AND daai_person(k.created_by) IN (daai_person(g.given_by), daai_person(g.confirmed_by))))
  THEN RETURN NULL; END IF;
  RETURN u;
END $function$;
