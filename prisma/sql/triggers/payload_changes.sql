CREATE TRIGGER payload_changes_append_only BEFORE UPDATE ON payload_changes
  FOR EACH ROW
  WHEN (new.id IS DISTINCT FROM old.id
    OR new.workspace_id IS DISTINCT FROM old.workspace_id
    OR new.run_id IS DISTINCT FROM old.run_id
    OR new.kind IS DISTINCT FROM old.kind
    OR new.vote_id IS DISTINCT FROM old.vote_id
    OR new.changed_by IS DISTINCT FROM old.changed_by
    OR new.channel IS DISTINCT FROM old.channel
    OR new.reason IS DISTINCT FROM old.reason
    OR new.payload_hash IS DISTINCT FROM old.payload_hash
    OR new.created_at IS DISTINCT FROM old.created_at
    OR old.applied_at IS NOT NULL AND new.applied_at IS DISTINCT FROM old.applied_at
    OR new.payload_text IS NOT NULL AND (new.payload_text IS DISTINCT FROM old.payload_text OR new.changes_text IS DISTINCT FROM old.changes_text OR new.amount IS DISTINCT FROM old.amount OR new.currency IS DISTINCT FROM old.currency OR new.recipient IS DISTINCT FROM old.recipient OR new.sentence IS DISTINCT FROM old.sentence OR new.proposed_amount IS DISTINCT FROM old.proposed_amount OR new.proposed_currency IS DISTINCT FROM old.proposed_currency OR new.proposed_recipient IS DISTINCT FROM old.proposed_recipient OR new.proposed_sentence IS DISTINCT FROM old.proposed_sentence))
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER payload_changes_checked BEFORE INSERT ON payload_changes
  FOR EACH ROW
  EXECUTE FUNCTION daai_check_payload_change();

CREATE TRIGGER payload_changes_kept BEFORE DELETE ON payload_changes
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER payload_changes_no_truncate BEFORE TRUNCATE ON payload_changes
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();
