-- Once an action prevents self-approval, what its pending runs got from whoever created their key is over, and others are
-- asked.
CREATE OR REPLACE FUNCTION daai_end_makers_votes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  concerned uuid[];
BEGIN
  SELECT array_agg(DISTINCT q.id) INTO concerned FROM votes v
  JOIN action_runs run ON run.workspace_id = v.workspace_id AND run.id = v.run_id
  JOIN approval_requests q ON q.workspace_id = v.workspace_id AND q.run_id = v.run_id
  WHERE v.workspace_id = NEW.workspace_id AND v.revoked_at IS NULL AND run.action_id = NEW.id
    AND run.governance_status = 'pending_approval' AND daai_bars_maker(NEW.id, run.api_key_id, v.voter);
  PERFORM FROM approval_requests q WHERE q.id = ANY(concerned) ORDER BY q.id FOR NO KEY UPDATE;
  UPDATE votes v SET revoked_at = date_trunc('milliseconds', clock_timestamp()), revoked_reason = 'not_counted'
  FROM approval_requests q JOIN action_runs run ON run.workspace_id = q.workspace_id AND run.id = q.run_id
  WHERE q.id = ANY(concerned) AND v.workspace_id = q.workspace_id AND v.run_id = q.run_id AND v.revoked_at IS NULL
    AND run.governance_status = 'pending_approval' AND daai_bars_maker(NEW.id, run.api_key_id, v.voter);
  PERFORM graphile_worker.add_job('replace-approver', json_build_object('requestId', id)) FROM unnest(concerned) id;
  RETURN NULL;
END $function$;
