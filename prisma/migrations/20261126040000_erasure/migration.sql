-- Erasing what a run holds of people: all of it at once, for good, and only with a receipt that says by whom and why.

-- Where a payload was taken out by hand before, the rest goes too.
UPDATE action_runs SET reasoning = NULL, source_type = NULL, source_ref = NULL, amount = NULL, currency = NULL, recipient = NULL,
  execution_result_text = NULL, execution_error = NULL
WHERE payload_text IS NULL;

-- Nothing stays behind, and nothing comes back: neither by a late report nor by anything else.
ALTER TABLE action_runs ADD CONSTRAINT action_runs_erased CHECK (payload_text IS NOT NULL OR (
  reasoning IS NULL AND source_type IS NULL AND source_ref IS NULL AND amount IS NULL AND currency IS NULL AND recipient IS NULL
  AND execution_result_text IS NULL AND execution_error IS NULL));

CREATE FUNCTION daai_require_erasure_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.governance_status = 'pending_approval' OR NOT EXISTS (
    SELECT FROM receipts r WHERE r.workspace_id = OLD.workspace_id AND r.run_id = OLD.id AND r.kind = 'erasure')
  THEN
    RAISE EXCEPTION 'run % is erased only once it is decided, and with a receipt', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER action_runs_erased_with_receipt BEFORE UPDATE ON action_runs FOR EACH ROW
  WHEN (OLD.payload_text IS NOT NULL AND NEW.payload_text IS NULL) EXECUTE FUNCTION daai_require_erasure_receipt();

-- What the agent said, what was read from the payload, and what was reported change in no other way than by being erased.
CREATE TRIGGER action_runs_texts_kept BEFORE UPDATE ON action_runs FOR EACH ROW
  WHEN (NEW.payload_text IS NOT NULL AND (
    (NEW.reasoning, NEW.source_type, NEW.source_ref, NEW.amount, NEW.currency, NEW.recipient)
      IS DISTINCT FROM (OLD.reasoning, OLD.source_type, OLD.source_ref, OLD.amount, OLD.currency, OLD.recipient)
    OR (OLD.execution_reported_at IS NOT NULL AND (NEW.execution_result_text, NEW.execution_error)
      IS DISTINCT FROM (OLD.execution_result_text, OLD.execution_error))))
  EXECUTE FUNCTION daai_forbid_illegal_move();
