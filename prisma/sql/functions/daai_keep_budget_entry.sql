-- A line of the ledger is settled once, and what it counted stays.
CREATE OR REPLACE FUNCTION daai_keep_budget_entry()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.run_id <> OLD.run_id
    OR NEW.budget_id <> OLD.budget_id
    OR NEW.workspace_id <> OLD.workspace_id
    OR NEW.budget_name <> OLD.budget_name
    OR NEW.limit_value <> OLD.limit_value
    OR NEW.when_exceeded <> OLD.when_exceeded
    OR NEW.period_start <> OLD.period_start
    OR NEW.period_end <> OLD.period_end
    OR NEW.used_before <> OLD.used_before
    OR NEW.is_exceeded <> OLD.is_exceeded
    OR NEW.is_named <> OLD.is_named
    OR NOT (OLD.state = 'reserved' AND NEW.state = 'reserved')
      AND (NEW.per_key <> OLD.per_key OR NEW.amount IS DISTINCT FROM OLD.amount OR NEW.unreadable IS DISTINCT FROM OLD.unreadable
        OR NEW.per_value IS NOT NULL AND NEW.per_value IS DISTINCT FROM OLD.per_value)
    OR OLD.state <> 'reserved' AND NEW.state <> OLD.state
    OR OLD.is_deducted AND NOT NEW.is_deducted
  THEN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $function$;
