CREATE OR REPLACE FUNCTION daai_waiting_for(person uuid, deciders text[], most integer)
 RETURNS TABLE(workspace_id uuid, run_id uuid, risk_level text, expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT run.workspace_id, run.id, run.risk_level, run.expires_at
  FROM daai_decides_in(person, deciders) mine CROSS JOIN LATERAL (
    SELECT r.workspace_id, r.id, r.risk_level, r.expires_at FROM action_runs r
    WHERE r.workspace_id = mine.workspace_id AND r.governance_status = 'pending_approval' AND NOT daai_is_overdue(r, now())
      -- With several approvals, those who are asked decide, and no one by their role alone. A member whose role decides needs no
      -- verified address.
      AND NOT EXISTS (
        SELECT FROM approval_requests q WHERE q.workspace_id = r.workspace_id AND q.run_id = r.id AND q.stages IS NOT NULL
          AND NOT EXISTS (SELECT FROM users u WHERE u.id = person AND u.email = ANY(q.approver_emails)))
    ORDER BY daai_risk_rank(r.risk_level) DESC, r.expires_at, r.id LIMIT most) run
  UNION ALL
  SELECT run.workspace_id, run.id, run.risk_level, run.expires_at
  FROM daai_asked_about(person) asked JOIN action_runs run ON run.id = asked.run_id
  WHERE run.governance_status = 'pending_approval' AND NOT daai_is_overdue(run, now())
    AND asked.workspace_id NOT IN (SELECT mine.workspace_id FROM daai_decides_in(person, deciders) mine)
$function$;
