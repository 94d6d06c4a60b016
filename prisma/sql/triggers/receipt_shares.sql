-- What somebody was given stays what it was: it shows no more than it did, and once revoked it stays so.
CREATE TRIGGER receipt_shares_kept BEFORE UPDATE ON receipt_shares
  FOR EACH ROW
  WHEN (new.id IS DISTINCT FROM old.id
    OR new.workspace_id IS DISTINCT FROM old.workspace_id
    OR new.run_id IS DISTINCT FROM old.run_id
    OR new.token_hash IS DISTINCT FROM old.token_hash
    OR new.discloses_payload IS DISTINCT FROM old.discloses_payload
    OR new.created_by IS DISTINCT FROM old.created_by
    OR new.created_at IS DISTINCT FROM old.created_at
    OR new.expires_at IS DISTINCT FROM old.expires_at
    OR old.revoked_at IS NOT NULL AND new.revoked_at IS DISTINCT FROM old.revoked_at)
  EXECUTE FUNCTION daai_forbid_change();
