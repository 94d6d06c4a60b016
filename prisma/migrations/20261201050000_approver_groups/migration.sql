-- Members of a workspace under one name, whom stages of actions ask.
CREATE TABLE approver_groups (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  name text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE UNIQUE INDEX approver_groups_workspace_id_name_key ON approver_groups (workspace_id, name);
CREATE UNIQUE INDEX approver_groups_workspace_id_id_key ON approver_groups (workspace_id, id);

-- Whoever stops being a member leaves its groups, whichever release removes them.
CREATE TABLE approver_group_members (
  workspace_id uuid NOT NULL,
  group_id uuid NOT NULL,
  user_id uuid NOT NULL,
  PRIMARY KEY (group_id, user_id),
  FOREIGN KEY (workspace_id, group_id) REFERENCES approver_groups (workspace_id, id) ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY (workspace_id, user_id) REFERENCES members (workspace_id, user_id) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX approver_group_members_workspace_id_user_id_idx ON approver_group_members (workspace_id, user_id);

ALTER TABLE registered_actions ADD COLUMN approver_group text;

DO $migration$
DECLARE
  definition text := pg_get_functiondef('daai_people_of_stage(jsonb, integer, text[], jsonb, text)'::regprocedure);
  too_few text := 'WHERE (SELECT count(*) FROM first_asked) < (asked -> (stage - 1) ->> ''approvals'')::int';
BEGIN
  IF position(too_few IN definition) = 0 THEN RAISE EXCEPTION 'daai_people_of_stage has changed'; END IF;
  EXECUTE replace(definition, too_few, 'WHERE ((SELECT count(*) FROM first_asked) < (asked -> (stage - 1) ->> ''approvals'')::int
        -- Who is in a group counts when its stage is asked.
        OR asked -> (stage - 1) ? ''group'' AND number > 1 AND later -> (number - 2) ? ''group'')');
END $migration$;
COMMENT ON FUNCTION daai_people_of_stage IS 'Who gives the approvals of a pending request''s stage: those it was to ask (`asked`), as far as the action still lists them in any stage; if too few of them are left, or if a group is asked, also the newcomers of the action''s stage that has most of them. `leaving` is somebody who is about to be listed no longer.';
