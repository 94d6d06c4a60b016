-- Whether a pending run of the action, proposed with the key, can be reassigned to this person: `deciders` has their role, or
-- the action or workspace lists them, and they could approve it.
CREATE OR REPLACE FUNCTION daai_may_take_over(workspace uuid, action uuid, api_key uuid, person text, deciders text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT daai_may_decide(workspace, ARRAY(
      SELECT unnest(a.approver_emails || daai_stage_people(a.later_stages || a.rule_approvers) || a.escalation_emails || w.approver_emails || w.escalation_emails)
      FROM registered_actions a JOIN workspaces w ON w.id = a.workspace_id WHERE a.workspace_id = workspace AND a.id = action),
    person, false, deciders)
  AND NOT daai_bars_maker(action, api_key, person)
$function$;
