CREATE OR REPLACE FUNCTION daai_asked_about(person uuid)
 RETURNS TABLE(workspace_id uuid, run_id uuid)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT DISTINCT request.workspace_id, request.run_id FROM users u
  -- Links of frozen runs stay open; whether the run is still undecided is asked of the run.
  JOIN decision_links link ON link.approver_email = u.email AND link.withdrawn_at IS NULL
    AND link.expires_at > least(now(), (SELECT min(f.frozen_at) FROM freezes f WHERE f.thawed_at IS NULL))
  JOIN approval_requests request
    ON request.workspace_id = link.workspace_id AND request.id = link.approval_request_id AND u.email = ANY(request.approver_emails)
  JOIN workspaces w ON w.id = link.workspace_id AND w.deleted_at IS NULL
  WHERE u.id = person AND u.email_verified_at IS NOT NULL AND NOT daai_has_left(link.workspace_id, u.email)
    AND NOT daai_is_disabled(u.email)
$function$;
