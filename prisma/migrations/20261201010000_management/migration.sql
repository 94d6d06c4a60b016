-- Keys of the management API. They have a table of their own, so that no query of an app's keys can find one. A key acts for the owner who made
-- it, and works only while that person is an owner.
CREATE TABLE management_keys (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  name text NOT NULL,
  key_hash bytea NOT NULL,
  hint text NOT NULL,
  scopes text[] NOT NULL,
  owner_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT management_keys_name_shows CHECK (daai_shows_whole(name)),
  CONSTRAINT management_keys_scopes CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['actions:read'::text, 'actions:write'::text,
    'approvers:write'::text])
);
CREATE UNIQUE INDEX management_keys_key_hash_key ON management_keys (key_hash);
CREATE UNIQUE INDEX management_keys_workspace_id_id_key ON management_keys (workspace_id, id);

-- The file that an action was last set from, with its commit, and the state of the action that it set. A later state was changed elsewhere.
ALTER TABLE registered_actions
  ADD COLUMN managed_file text,
  ADD COLUMN managed_commit text,
  ADD COLUMN managed_config_version integer,
  ADD CONSTRAINT registered_actions_managed CHECK ((managed_file IS NULL) = (managed_config_version IS NULL)
    AND (managed_commit IS NULL OR managed_file IS NOT NULL)) NOT VALID;
