-- What a run was changed to: of a pending one, the change whose author's vote still stands; of a decided one, the change that
-- was approved. No row: what was proposed is decided on.
CREATE OR REPLACE FUNCTION daai_current_change(run action_runs)
 RETURNS SETOF payload_changes
 LANGUAGE sql
 STABLE ROWS 1
AS $function$
  SELECT c FROM payload_changes c
  WHERE c.workspace_id = run.workspace_id AND c.run_id = run.id AND c.kind = 'change' AND run.accepts_changes
    AND CASE WHEN run.governance_status = 'pending_approval'
      THEN c.vote_id IS NULL OR EXISTS (SELECT FROM votes v WHERE v.id = c.vote_id AND daai_vote_stands(v, run))
      ELSE c.applied_at IS NOT NULL END
  ORDER BY c.id DESC LIMIT 1
$function$;
