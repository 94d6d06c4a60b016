-- Links by which somebody without an account reads the receipt of one run.
CREATE TABLE receipt_shares (
  id uuid PRIMARY KEY,
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  run_id uuid NOT NULL,
  token_hash bytea NOT NULL,
  discloses_payload boolean NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  -- Counted at most once an hour, to the hour: how much it is read, not who reads it when.
  open_count int NOT NULL DEFAULT 0,
  last_opened_at timestamptz(3),
  CONSTRAINT receipt_shares_workspace_id_run_id_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES action_runs (workspace_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT receipt_shares_token_hash CHECK (octet_length(token_hash) = 32),
  CONSTRAINT receipt_shares_opened CHECK ((open_count = 0) = (last_opened_at IS NULL))
);
CREATE UNIQUE INDEX receipt_shares_token_hash_key ON receipt_shares (token_hash);
CREATE INDEX receipt_shares_workspace_id_run_id_idx ON receipt_shares (workspace_id, run_id);

-- What somebody was given stays what it was: it shows no more than it did, and once revoked it stays so.
CREATE TRIGGER receipt_shares_kept BEFORE UPDATE ON receipt_shares FOR EACH ROW
  WHEN ((NEW.id, NEW.workspace_id, NEW.run_id, NEW.token_hash, NEW.discloses_payload, NEW.created_by, NEW.created_at, NEW.expires_at)
      IS DISTINCT FROM (OLD.id, OLD.workspace_id, OLD.run_id, OLD.token_hash, OLD.discloses_payload, OLD.created_by, OLD.created_at, OLD.expires_at)
    OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at))
  EXECUTE FUNCTION daai_forbid_change();
