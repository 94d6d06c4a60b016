-- One rule of who may decide a run, and of what waits for whom: the queue, its count, live pages and every decision ask it.

-- The person behind a mail address: its case and what follows a plus sign lead to the same mailbox. As lib/domain/same-person.ts.
CREATE FUNCTION daai_person(email text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT lower(regexp_replace(email, '^([^+@]+)\+[^@]*@', '\1@') COLLATE "C")
$$;

-- Who was a member and is one no more. Kept by a trigger, so that no way of leaving is forgotten.
CREATE TABLE "former_members" (
    "workspace_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "left_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "former_members_pkey" PRIMARY KEY ("workspace_id","user_id")
);
ALTER TABLE "former_members" ADD CONSTRAINT "former_members_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "former_members" ADD CONSTRAINT "former_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE FUNCTION daai_note_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    DELETE FROM former_members f WHERE f.workspace_id = NEW.workspace_id AND f.user_id = NEW.user_id;
  ELSE
    INSERT INTO former_members (workspace_id, user_id, left_at)
    VALUES (OLD.workspace_id, OLD.user_id, date_trunc('milliseconds', clock_timestamp()))
    ON CONFLICT (workspace_id, user_id) DO UPDATE SET left_at = EXCLUDED.left_at;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER members_note AFTER INSERT OR DELETE ON members FOR EACH ROW EXECUTE FUNCTION daai_note_member();

INSERT INTO former_members (workspace_id, user_id, left_at)
SELECT event.workspace_id, u.id, max(event.created_at) FROM audit_events event
JOIN users u ON u.id::text = event.subject_id
JOIN workspaces w ON w.id = event.workspace_id
WHERE event.verb IN ('member.removed', 'member.left')
  AND NOT EXISTS (SELECT FROM members m WHERE m.workspace_id = event.workspace_id AND m.user_id = u.id)
GROUP BY event.workspace_id, u.id;

-- Whether the address is that of somebody who was a member and is one no more, whichever of their addresses it is.
CREATE FUNCTION daai_has_left(workspace uuid, email text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM former_members f JOIN users u ON u.id = f.user_id
    WHERE f.workspace_id = workspace AND daai_person(u.email) = daai_person(daai_has_left.email))
  AND NOT EXISTS (
    SELECT FROM members m JOIN users u ON u.id = m.user_id
    WHERE m.workspace_id = workspace AND daai_person(u.email) = daai_person(daai_has_left.email))
$$;

-- The same list without those.
CREATE FUNCTION daai_without_former(workspace uuid, emails text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT ARRAY(
    SELECT email FROM unnest(emails) WITH ORDINALITY AS listed (email, place) WHERE NOT daai_has_left(workspace, email) ORDER BY place)
$$;

-- A link that was taken back: its holder has left the workspace, or others are asked in their place.
ALTER TABLE "decision_links" ADD COLUMN "withdrawn_at" TIMESTAMPTZ(3), ADD COLUMN "withdrawn_reason" TEXT;
ALTER TABLE decision_links ADD CONSTRAINT decision_links_withdrawn CHECK (
  (withdrawn_at IS NULL) = (withdrawn_reason IS NULL) AND withdrawn_reason IN ('left', 'replaced'));

-- Somebody is asked in the place of one whose link was taken back.
ALTER TABLE email_deliveries
  DROP CONSTRAINT email_deliveries_asked,
  ADD CONSTRAINT email_deliveries_asked CHECK (
    ask_reason IS NULL
    OR (kind = 'approval_request' AND ask_reason IN ('bounce', 'escalation', 'resend', 'delegation', 'reminder', 'replacement')));

-- Who answers at this address may decide a run about which `asked` were asked: they were, or `deciders` has their role. For
-- somebody who is signed in, being asked counts only at an address that they have shown to be theirs.
CREATE FUNCTION daai_may_decide(workspace uuid, asked text[], person text, is_signed_in boolean, deciders text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM workspaces w WHERE w.id = workspace AND w.deleted_at IS NULL)
  AND NOT daai_has_left(workspace, person)
  AND (
    EXISTS (
      SELECT FROM members m JOIN users u ON u.id = m.user_id
      WHERE m.workspace_id = workspace AND u.email = person AND m.role = ANY(deciders))
    OR (person = ANY(asked) AND (
      NOT is_signed_in OR EXISTS (SELECT FROM users u WHERE u.email = person AND u.email_verified_at IS NOT NULL))))
$$;

-- The same rule from the person's side: workspaces in which their role decides, and runs anywhere about which they were asked.
CREATE FUNCTION daai_decides_in(person uuid, deciders text[]) RETURNS TABLE (workspace_id uuid) LANGUAGE sql STABLE AS $$
  SELECT m.workspace_id FROM members m JOIN workspaces w ON w.id = m.workspace_id AND w.deleted_at IS NULL
  WHERE m.user_id = person AND m.role = ANY(deciders)
$$;

CREATE FUNCTION daai_asked_about(person uuid) RETURNS TABLE (workspace_id uuid, run_id uuid) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT request.workspace_id, request.run_id FROM users u
  JOIN decision_links link ON link.approver_email = u.email AND link.expires_at > now() AND link.withdrawn_at IS NULL
  JOIN approval_requests request
    ON request.workspace_id = link.workspace_id AND request.id = link.approval_request_id AND u.email = ANY(request.approver_emails)
  JOIN workspaces w ON w.id = link.workspace_id AND w.deleted_at IS NULL
  WHERE u.id = person AND u.email_verified_at IS NOT NULL AND NOT daai_has_left(link.workspace_id, u.email)
$$;

-- What waits for this person: at most `most` runs, the queue's first ones, of each workspace in which their role decides (null:
-- all), and what they were asked about elsewhere. Each part is read from its own index, however much waits for others.
CREATE FUNCTION daai_waiting_for(person uuid, deciders text[], most integer)
RETURNS TABLE (workspace_id uuid, run_id uuid, risk_level text, expires_at timestamptz) LANGUAGE sql STABLE AS $$
  SELECT run.workspace_id, run.id, run.risk_level, run.expires_at
  FROM daai_decides_in(person, deciders) mine CROSS JOIN LATERAL (
    SELECT r.workspace_id, r.id, r.risk_level, r.expires_at FROM action_runs r
    WHERE r.workspace_id = mine.workspace_id AND r.governance_status = 'pending_approval' AND r.expires_at > now()
    ORDER BY daai_risk_rank(r.risk_level) DESC, r.expires_at, r.id LIMIT most) run
  UNION ALL
  SELECT run.workspace_id, run.id, run.risk_level, run.expires_at
  FROM daai_asked_about(person) asked JOIN action_runs run ON run.id = asked.run_id
  WHERE run.governance_status = 'pending_approval' AND run.expires_at > now()
    AND asked.workspace_id NOT IN (SELECT mine.workspace_id FROM daai_decides_in(person, deciders) mine)
$$;

-- Whether anybody but the maker of its key may approve a run about which `asked` are asked: what an action with four eyes needs.
CREATE FUNCTION daai_has_second_eyes(workspace uuid, asked text[], maker text, deciders text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM (
      SELECT unnest(asked)
      UNION ALL
      SELECT u.email FROM members m JOIN users u ON u.id = m.user_id WHERE m.workspace_id = workspace AND m.role = ANY(deciders)
    ) able (email)
    WHERE daai_person(able.email) <> daai_person(maker) AND NOT daai_has_left(workspace, able.email))
$$;

-- Takes an address out of those who were asked about the open requests `requests`, whichever spelling of it was asked, ends the
-- links, and gives back the requests that this changed. Requests are locked in the order of their ids.
CREATE FUNCTION daai_withdraw(requests uuid[], person text, reason text) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
DECLARE
  changed uuid[];
BEGIN
  PERFORM FROM approval_requests q WHERE q.id = ANY(requests) ORDER BY q.id FOR NO KEY UPDATE;
  SELECT array_agg(q.id ORDER BY q.id) INTO changed FROM approval_requests q
  WHERE q.id = ANY(requests) AND EXISTS (SELECT FROM unnest(q.approver_emails) email WHERE daai_person(email) = daai_person(person));
  UPDATE decision_links link SET withdrawn_at = date_trunc('milliseconds', clock_timestamp()), withdrawn_reason = reason
  WHERE link.approval_request_id = ANY(changed) AND daai_person(link.approver_email) = daai_person(person)
    AND link.used_at IS NULL AND link.withdrawn_at IS NULL;
  UPDATE approval_requests q SET approver_emails = ARRAY(
    SELECT email FROM unnest(q.approver_emails) WITH ORDINALITY AS a (email, place)
    WHERE daai_person(email) <> daai_person(person) ORDER BY place)
  WHERE q.id = ANY(changed);
  RETURN QUERY SELECT unnest(changed);
END $$;

-- Whoever has left stands in no list and holds no open link from now on.
UPDATE registered_actions a SET config_version = config_version + 1,
  approver_emails = daai_without_former(workspace_id, approver_emails), escalation_emails = daai_without_former(workspace_id, escalation_emails)
WHERE EXISTS (SELECT FROM unnest(a.approver_emails || a.escalation_emails) email WHERE daai_has_left(a.workspace_id, email));
UPDATE workspaces w SET config_version = config_version + 1,
  approver_emails = daai_without_former(id, approver_emails), escalation_emails = daai_without_former(id, escalation_emails)
WHERE EXISTS (SELECT FROM unnest(w.approver_emails || w.escalation_emails) email WHERE daai_has_left(w.id, email));
SELECT graphile_worker.add_job('replace-approver', json_build_object('requestId', changed.id))
FROM (
  SELECT daai_withdraw(array_agg(q.id), u.email, 'left') AS id
  FROM former_members f JOIN users u ON u.id = f.user_id
  JOIN action_runs run ON run.workspace_id = f.workspace_id AND run.governance_status = 'pending_approval'
  JOIN approval_requests q ON q.workspace_id = run.workspace_id AND q.run_id = run.id
  WHERE daai_has_left(f.workspace_id, u.email)
  GROUP BY f.workspace_id, u.email) changed;
