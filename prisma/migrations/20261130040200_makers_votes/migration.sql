CREATE FUNCTION daai_bars_maker(action uuid, api_key uuid, person text) RETURNS boolean
LANGUAGE sql STABLE AS $function$
  SELECT EXISTS (
    SELECT FROM registered_actions a JOIN api_keys k ON k.workspace_id = a.workspace_id AND k.id = api_key
    WHERE a.id = action AND a.requires_four_eyes AND daai_person(k.created_by) = daai_person(person))
$function$;
COMMENT ON FUNCTION daai_bars_maker IS 'Whether the action prevents self-approval and this person created the key that proposed the run.';

CREATE OR REPLACE FUNCTION daai_vote_counts(vote votes, run action_runs) RETURNS boolean
LANGUAGE sql STABLE AS $function$
  SELECT vote.revoked_at IS NULL AND NOT daai_has_left(run.workspace_id, vote.voter) AND NOT daai_is_disabled(vote.voter)
  AND NOT daai_bars_maker(run.action_id, run.api_key_id, vote.voter)
$function$;

CREATE OR REPLACE FUNCTION daai_may_take_over(workspace uuid, action uuid, api_key uuid, person text, deciders text[]) RETURNS boolean
LANGUAGE sql STABLE AS $function$
  SELECT daai_may_decide(workspace, ARRAY(
      SELECT unnest(a.approver_emails || daai_stage_people(a.later_stages) || a.escalation_emails || w.approver_emails || w.escalation_emails)
      FROM registered_actions a JOIN workspaces w ON w.id = a.workspace_id WHERE a.workspace_id = workspace AND a.id = action),
    person, false, deciders)
  AND NOT daai_bars_maker(action, api_key, person)
$function$;

CREATE FUNCTION daai_end_makers_votes() RETURNS trigger
LANGUAGE plpgsql AS $function$
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
COMMENT ON FUNCTION daai_end_makers_votes IS 'Once an action prevents self-approval, what its pending runs got from whoever created their key is over, and others are asked.';
CREATE TRIGGER registered_actions_end_makers_votes AFTER UPDATE OF requires_four_eyes ON registered_actions
  FOR EACH ROW WHEN (new.requires_four_eyes AND NOT old.requires_four_eyes)
  EXECUTE FUNCTION daai_end_makers_votes();

CREATE FUNCTION daai_has_enough_eyes(workspace uuid, stages jsonb, others text[], barred text[]) RETURNS boolean
LANGUAGE sql STABLE AS $function$
  WITH stage AS (SELECT number, value FROM jsonb_array_elements(stages) WITH ORDINALITY AS s (value, number)),
  able AS (
    SELECT DISTINCT listed.number, daai_person(listed.email) AS person FROM (
      SELECT number, jsonb_array_elements_text(value -> 'people') AS email FROM stage
      -- In any stage.
      UNION ALL SELECT 0, unnest(others)
      UNION ALL SELECT 0, u.email FROM members m JOIN users u ON u.id = m.user_id WHERE m.workspace_id = workspace AND m.role = 'owner') listed
    WHERE NOT daai_has_left(workspace, listed.email) AND NOT daai_is_disabled(listed.email)
      AND NOT EXISTS (SELECT FROM unnest(barred) b WHERE daai_person(b) = daai_person(listed.email))),
  missing AS (
    SELECT greatest(0, (value ->> 'approvals')::int - (
      SELECT count(*) FROM able a WHERE a.number = stage.number AND a.person NOT IN (SELECT person FROM able WHERE number = 0))) AS places
    FROM stage)
  SELECT coalesce(sum(places), 0) <= (SELECT count(*) FROM able WHERE number = 0) FROM missing
$function$;
COMMENT ON FUNCTION daai_has_enough_eyes IS 'Whether stages can get all their approvals without the barred. Where a stage lists too few, the others and the owners are asked, each of whom counts in one stage.';

CREATE OR REPLACE FUNCTION daai_plan_approval() RETURNS trigger
LANGUAGE plpgsql AS $function$
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
