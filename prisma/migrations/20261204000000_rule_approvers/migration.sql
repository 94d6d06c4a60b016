-- A rule that asks can name approvers of its own, who are asked in place of the action's. They stand beside the action's other lists, so
-- that people who leave drop out of them, and a version keeps who they were when it was written.
ALTER TABLE registered_actions ADD COLUMN rule_approvers jsonb NOT NULL DEFAULT '[]';
ALTER TABLE policy_versions ADD COLUMN rule_approvers jsonb;
ALTER TABLE approval_requests ADD COLUMN asked_rule text;

CREATE FUNCTION daai_own_people(people text[], rule_approvers jsonb, rule text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $function$
  SELECT coalesce(
    (SELECT daai_stage_people(jsonb_build_array(one)) FROM jsonb_array_elements(rule_approvers) one WHERE one->>'rule' = rule LIMIT 1), people)
$function$;
COMMENT ON FUNCTION daai_own_people(text[], jsonb, text) IS 'Whom an action asks first: `people`, or the approvers of the rule that asks, if it has its own.';

CREATE FUNCTION daai_own_later_stages(later jsonb, rule_approvers jsonb, rule text) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $function$
  SELECT CASE WHEN EXISTS (SELECT FROM jsonb_array_elements(rule_approvers) one WHERE one->>'rule' = rule) THEN '[]' ELSE later END
$function$;
COMMENT ON FUNCTION daai_own_later_stages(jsonb, jsonb, text) IS 'Whom an action asks after those: nobody, where the rule that asks has approvers of its own.';

-- Each is changed as it stands, whatever came before in this release.
CREATE FUNCTION pg_temp.change_function(name regprocedure, changes text[]) RETURNS void LANGUAGE plpgsql AS $change$
DECLARE
  definition text := pg_get_functiondef(name);
  change text[];
BEGIN
  FOREACH change SLICE 1 IN ARRAY changes LOOP
    IF length(definition) - length(replace(definition, change[1], '')) <> length(change[1]) THEN
      RAISE EXCEPTION '% has changed: % is not in it once', name, change[1];
    END IF;
    definition := replace(definition, change[1], change[2]);
  END LOOP;
  EXECUTE definition;
END $change$;

SELECT pg_temp.change_function('daai_may_take_over(uuid, uuid, uuid, text, text[])', ARRAY[
  ['daai_stage_people(a.later_stages)', 'daai_stage_people(a.later_stages || a.rule_approvers)']]);

-- Who may answer for a rule's own approvers says nothing about the runs of the same rule that come.
SELECT pg_temp.change_function('daai_grant_lost(standing_grants, text[])', ARRAY[
  ['WHEN a.approvals > 1 OR a.later_stages <> ''[]'' THEN', 'WHEN a.approvals > 1 OR a.later_stages <> ''[]''
      OR EXISTS (SELECT FROM jsonb_array_elements(a.rule_approvers) one WHERE one->>''rule'' = g.asked_rule) THEN']]);

SELECT pg_temp.change_function('daai_intercept(jsonb)', ARRAY[
  ['accepts_changes boolean, shadow jsonb)', 'accepts_changes boolean, shadow jsonb, asked_by jsonb)'],
  ['  grant_use grant_uses;
BEGIN', '  grant_use grant_uses;
  own jsonb;
BEGIN'],
  ['a.approvals, a.later_stages INTO act', 'a.approvals, a.later_stages, a.rule_approvers INTO act'],
  ['       -- Rules can look at the time', '       -- A process of the release before doesn''t know that rules have approvers of their own, and may not decide whom to ask.
       OR r.governance_status = ''pending_approval'' AND r.asked_by IS NULL AND act.rule_approvers <> ''[]''
       -- Rules can look at the time'],
  ['      INSERT INTO approval_requests (id, workspace_id, run_id, approver_emails, policy_reason, expires_at, created_at, stages)
      SELECT r.approval_request_id, k.workspace_id, r.run_id, array_agg(l.email), r.governance_reason, expires, now_ms,
        CASE WHEN', '      own := (SELECT one FROM jsonb_array_elements(act.rule_approvers) one WHERE one->>''rule'' = r.asked_by->>''rule'');
      INSERT INTO approval_requests (id, workspace_id, run_id, approver_emails, policy_reason, expires_at, created_at, asked_rule, stages)
      SELECT r.approval_request_id, k.workspace_id, r.run_id, array_agg(l.email), r.governance_reason, expires, now_ms, own->>''rule'',
        CASE WHEN (own->>''approvals'')::int > 1 THEN jsonb_build_array(jsonb_build_object(''approvals'', own->''approvals'', ''people'', jsonb_agg(l.email)))
          WHEN own IS NOT NULL THEN NULL
          WHEN']]);
