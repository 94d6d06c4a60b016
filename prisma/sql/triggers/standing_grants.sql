CREATE TRIGGER standing_grants_as_given BEFORE UPDATE ON standing_grants
  FOR EACH ROW
  WHEN (new.id <> old.id
    OR new.workspace_id <> old.workspace_id
    OR new.run_id <> old.run_id
    OR new.action_id <> old.action_id
    OR new.policy_version_id <> old.policy_version_id
    OR new.asked_reason <> old.asked_reason
    OR new.facts <> old.facts
    OR new.max_uses <> old.max_uses
    OR new.ends_at <> old.ends_at
    OR new.given_by <> old.given_by
    OR new.created_at <> old.created_at
    OR new.needs_confirmation <> old.needs_confirmation
    OR new.recipient_field IS DISTINCT FROM old.recipient_field
    OR new.asked_rule IS DISTINCT FROM old.asked_rule
    OR new.currency IS DISTINCT FROM old.currency
    OR new.amount_each IS DISTINCT FROM old.amount_each
    OR new.total IS DISTINCT FROM old.total
    OR new.facts_text IS NOT NULL AND new.facts_text IS DISTINCT FROM old.facts_text
    OR old.confirmed_at IS NOT NULL AND (new.confirmed_at IS DISTINCT FROM old.confirmed_at OR new.confirmed_by IS DISTINCT FROM old.confirmed_by)
    OR old.ended_at IS NOT NULL AND (new.ended_at IS DISTINCT FROM old.ended_at OR new.ended_by IS DISTINCT FROM old.ended_by OR new.ended_reason IS DISTINCT FROM old.ended_reason OR new.confirmed_at IS DISTINCT FROM old.confirmed_at))
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER standing_grants_come_with_an_approval BEFORE INSERT ON standing_grants
  FOR EACH ROW
  EXECUTE FUNCTION daai_check_grant();

CREATE TRIGGER standing_grants_kept BEFORE DELETE ON standing_grants
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER standing_grants_no_truncate BEFORE TRUNCATE ON standing_grants
  FOR EACH STATEMENT
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER standing_grants_noted AFTER INSERT OR UPDATE OF ended_at, over_noted_at ON standing_grants
  FOR EACH ROW
  EXECUTE FUNCTION daai_note_grant();
