-- A new request gets its first step, and a job of its own when one of those who are asked is away. Both with the request, by
-- the database's time, so that nothing in a server's memory can be too old for it.
CREATE OR REPLACE FUNCTION daai_plan_approval()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  SELECT NEW.created_at + (NEW.expires_at - NEW.created_at) * (least(50, w.escalation_percent) / 100.0)
  INTO NEW.next_step_at FROM workspaces w WHERE w.id = NEW.workspace_id;
  IF EXISTS (
    SELECT FROM users u JOIN absences a ON a.user_id = u.id
    WHERE u.email = ANY(NEW.approver_emails) AND a.starts_at <= NEW.created_at AND a.ends_at > NEW.created_at)
  THEN
    PERFORM graphile_worker.add_job('hand-over-run', json_build_object('requestId', NEW.id));
  END IF;
  -- Fewer of those on the list can approve than must: others are asked too.
  IF NEW.stages IS NOT NULL AND (
    SELECT count(*) FROM action_runs run, unnest(NEW.approver_emails) email
    WHERE run.workspace_id = NEW.workspace_id AND run.id = NEW.run_id AND NOT daai_bars_maker(run.action_id, run.api_key_id, email)
  ) < (NEW.stages -> 0 ->> 'approvals')::int THEN
    PERFORM graphile_worker.add_job('replace-approver', json_build_object('requestId', NEW.id));
  END IF;
  RETURN NEW;
END $function$;
