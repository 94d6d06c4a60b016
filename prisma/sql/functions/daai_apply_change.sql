-- An approval applies the change that stands, whoever writes it: what is listed, searched and added up from then on is what was
-- approved.
CREATE OR REPLACE FUNCTION daai_apply_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  change payload_changes;
BEGIN
  SELECT c.* INTO change FROM daai_current_change(OLD) c;
  NEW.approved_payload_hash := change.payload_hash;
  IF change.id IS NULL THEN RETURN NEW; END IF;
  UPDATE payload_changes SET applied_at = NEW.decided_at WHERE id = change.id;
  NEW.amount := change.amount;
  NEW.currency := change.currency;
  NEW.recipient := change.recipient;
  NEW.sentence := change.sentence;
  RETURN NEW;
END $function$;
