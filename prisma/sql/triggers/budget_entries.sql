CREATE TRIGGER budget_entries_kept BEFORE DELETE ON budget_entries
  FOR EACH ROW
  EXECUTE FUNCTION daai_forbid_change();

CREATE TRIGGER budget_entries_settled_once BEFORE UPDATE ON budget_entries
  FOR EACH ROW
  WHEN (new.run_id <> old.run_id
    OR new.budget_id <> old.budget_id
    OR new.workspace_id <> old.workspace_id
    OR new.budget_name <> old.budget_name
    OR new.limit_value <> old.limit_value
    OR new.when_exceeded <> old.when_exceeded
    OR new.period_start <> old.period_start
    OR new.period_end <> old.period_end
    OR new.used_before <> old.used_before
    OR new.is_exceeded <> old.is_exceeded
    OR new.is_named <> old.is_named
    OR NOT (old.state = 'reserved'::text AND new.state = 'reserved'::text) AND (new.per_key <> old.per_key OR new.amount IS DISTINCT FROM old.amount OR new.unreadable IS DISTINCT FROM old.unreadable OR new.per_value IS NOT NULL AND new.per_value IS DISTINCT FROM old.per_value)
    OR old.state <> 'reserved'::text AND new.state <> old.state
    OR old.is_deducted AND NOT new.is_deducted)
  EXECUTE FUNCTION daai_forbid_change();
