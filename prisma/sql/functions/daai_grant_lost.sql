-- Why a grant that nobody revoked has to end; null: it doesn't. Checked with each use, and the end recorded with the change
-- that causes it.
CREATE OR REPLACE FUNCTION daai_grant_lost(g standing_grants, deciders text[])
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  SELECT CASE
    WHEN g.facts_text IS NULL THEN 'erased'
    WHEN EXISTS (SELECT FROM workspaces w WHERE w.id = g.workspace_id AND w.deleted_at IS NOT NULL) THEN 'workspace_deleted'
    WHEN (SELECT p.id FROM policy_versions p WHERE p.action_id = a.id AND p.version = a.policy_version) IS DISTINCT FROM g.policy_version_id
      OR a.recipient_field IS DISTINCT FROM g.recipient_field THEN 'policy_changed'
    WHEN a.approvals > 1 OR a.later_stages <> '[]'
      OR EXISTS (SELECT FROM jsonb_array_elements(a.rule_approvers) one WHERE one->>'rule' = g.asked_rule) THEN 'approvals_changed'
    WHEN a.risk_level = 'critical' AND NOT g.needs_confirmation THEN 'risk_raised'
    WHEN NOT daai_could_approve(a, g.given_by, deciders)
      OR g.confirmed_by IS NOT NULL AND NOT daai_could_approve(a, g.confirmed_by, deciders) THEN 'right_lost'
    WHEN EXISTS (SELECT FROM action_runs r WHERE r.id = g.run_id AND r.governance_reason = 'approval_revoked') THEN 'approval_revoked' END
  FROM registered_actions a WHERE a.id = g.action_id
$function$;
