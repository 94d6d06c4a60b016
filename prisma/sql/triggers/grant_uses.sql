CREATE TRIGGER grant_uses_given_back_once BEFORE UPDATE ON grant_uses
  FOR EACH ROW
  WHEN (new.run_id <> old.run_id
    OR new.workspace_id <> old.workspace_id
    OR new.grant_id <> old.grant_id
    OR new.asked_reason <> old.asked_reason
    OR new.uses_before <> old.uses_before
    OR new.used_before <> old.used_before
    OR new.amount IS DISTINCT FROM old.amount
    OR old.state <> 'used'::text)
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER grant_uses_kept BEFORE DELETE ON grant_uses
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();
