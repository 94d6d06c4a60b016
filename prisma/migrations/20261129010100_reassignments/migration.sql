-- A pending request that one approver passes on to another: who was asked, and who is asked instead.
CREATE TABLE reassignments (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  run_id uuid NOT NULL,
  from_email text NOT NULL,
  to_email text NOT NULL,
  -- null: an operator who gave no address.
  reassigned_by text,
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT reassignments_workspace_id_run_id_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES action_runs (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX reassignments_workspace_id_run_id_idx ON reassignments (workspace_id, run_id);
CREATE TRIGGER reassignments_append_only BEFORE UPDATE OR DELETE ON reassignments
  FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER reassignments_no_truncate BEFORE TRUNCATE ON reassignments
  FOR EACH STATEMENT EXECUTE FUNCTION daai_forbid_change();

ALTER TABLE decision_links DROP CONSTRAINT decision_links_withdrawn, ADD CONSTRAINT decision_links_withdrawn CHECK (
  (withdrawn_at IS NULL) = (withdrawn_reason IS NULL) AND withdrawn_reason IN ('left', 'replaced', 'disabled', 'reassigned'));
ALTER TABLE email_deliveries
  DROP CONSTRAINT email_deliveries_asked,
  ADD CONSTRAINT email_deliveries_asked CHECK (
    ask_reason IS NULL
    OR (kind = 'approval_request' AND ask_reason IN ('bounce', 'escalation', 'resend', 'delegation', 'reminder', 'replacement', 'reassignment')));

CREATE FUNCTION daai_may_take_over(workspace uuid, action uuid, api_key uuid, person text, deciders text[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
  SELECT daai_may_decide(workspace, ARRAY(
      SELECT unnest(a.approver_emails || a.escalation_emails || w.approver_emails || w.escalation_emails)
      FROM registered_actions a JOIN workspaces w ON w.id = a.workspace_id WHERE a.workspace_id = workspace AND a.id = action),
    person, false, deciders)
  AND NOT EXISTS (
    SELECT FROM registered_actions a JOIN api_keys k ON k.workspace_id = a.workspace_id AND k.id = api_key
    WHERE a.workspace_id = workspace AND a.id = action AND a.requires_four_eyes AND daai_person(k.created_by) = daai_person(person))
$$;
COMMENT ON FUNCTION daai_may_take_over IS 'Whether a pending run of the action, proposed with the key, can be reassigned to this person: `deciders` has their role, or the action or workspace lists them, and they could approve it.';
