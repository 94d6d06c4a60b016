CREATE TRIGGER freezes_kept BEFORE DELETE ON freezes
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER freezes_no_truncate BEFORE TRUNCATE ON freezes
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER freezes_thawed_once BEFORE UPDATE ON freezes
  FOR EACH ROW
  WHEN (old.thawed_at IS NOT NULL
    OR new.thawed_at IS NULL
    OR new.id <> old.id
    OR new.workspace_id IS DISTINCT FROM old.workspace_id
    OR new.action_id IS DISTINCT FROM old.action_id
    OR new.api_key_id IS DISTINCT FROM old.api_key_id
    OR new.reason <> old.reason
    OR new.frozen_by <> old.frozen_by
    OR new.channel <> old.channel
    OR new.needs_another_person <> old.needs_another_person
    OR new.frozen_at <> old.frozen_at)
  EXECUTE FUNCTION daai_forbid_change();
