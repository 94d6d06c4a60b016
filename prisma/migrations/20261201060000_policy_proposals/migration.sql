-- Whether a change of what policies decide, or of who approves, waits for a second owner or admin.
ALTER TABLE workspaces ADD COLUMN policy_change_needs_another_person boolean NOT NULL DEFAULT false;

-- Changes that wait for a second person, and what became of them.
CREATE TABLE policy_proposals (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  kind text NOT NULL,
  action_id uuid,
  group_id uuid,
  change jsonb NOT NULL,
  -- The state that it would change: an action's config_version, or a hash of a group's name and members.
  base text NOT NULL,
  -- Null: the operator at the command line, who acts for nobody.
  proposed_by text,
  comment text,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  status text NOT NULL DEFAULT 'pending',
  ended_by text,
  ended_at timestamptz(3),
  end_comment text,
  CONSTRAINT policy_proposals_workspace_id_action_id_fkey FOREIGN KEY (workspace_id, action_id) REFERENCES registered_actions (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT policy_proposals_workspace_id_group_id_fkey FOREIGN KEY (workspace_id, group_id) REFERENCES approver_groups (workspace_id, id) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT policy_proposals_kind CHECK (kind IN ('edit', 'restore', 'activate', 'group', 'rule')),
  CONSTRAINT policy_proposals_subject CHECK ((action_id IS NOT NULL) = (kind IN ('edit', 'restore', 'activate')) AND (group_id IS NOT NULL) = (kind = 'group')),
  CONSTRAINT policy_proposals_status CHECK (status IN ('pending', 'confirmed', 'declined', 'withdrawn', 'replaced', 'stale')),
  CONSTRAINT policy_proposals_ended CHECK ((ended_at IS NOT NULL) = (status <> 'pending')),
  CONSTRAINT policy_proposals_two_people CHECK (status <> 'confirmed' OR ended_by IS NOT NULL AND (proposed_by IS NULL OR daai_person(ended_by) <> daai_person(proposed_by)))
);
CREATE UNIQUE INDEX policy_proposals_workspace_id_id_key ON policy_proposals (workspace_id, id);
CREATE UNIQUE INDEX policy_proposals_one_pending ON policy_proposals (workspace_id, coalesce(action_id, group_id, workspace_id)) WHERE status = 'pending';
CREATE INDEX policy_proposals_action_id_idx ON policy_proposals (action_id);
CREATE INDEX policy_proposals_group_id_idx ON policy_proposals (group_id);
