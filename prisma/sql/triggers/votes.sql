CREATE TRIGGER votes_append_only BEFORE UPDATE ON votes
  FOR EACH ROW
  WHEN (old.revoked_at IS NOT NULL
    OR new.revoked_at IS NULL
    OR new.id <> old.id
    OR new.workspace_id <> old.workspace_id
    OR new.run_id <> old.run_id
    OR new.stage <> old.stage
    OR new.voter <> old.voter
    OR new.place <> old.place
    OR new.channel <> old.channel
    OR new.created_at <> old.created_at
    OR new.comment IS DISTINCT FROM old.comment
    OR new.payload_hash IS DISTINCT FROM old.payload_hash)
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER votes_kept BEFORE DELETE ON votes
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER votes_no_truncate BEFORE TRUNCATE ON votes
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();
