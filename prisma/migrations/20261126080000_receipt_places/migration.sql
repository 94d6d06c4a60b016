-- A receipt's place in its log, and which receipts wait for theirs, in narrow tables of their own: giving a place no longer rewrites
-- the receipt with its text. Without foreign keys, which would lock the receipt for each place: a row comes here from a receipt
-- alone, and receipts are never deleted.
DROP INDEX receipts_waiting;
CREATE TABLE waiting_receipts (
  workspace_id uuid NOT NULL,
  receipt_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, receipt_id)
);
CREATE TABLE receipt_places (
  receipt_id uuid NOT NULL PRIMARY KEY,
  workspace_id uuid NOT NULL,
  log_index bigint NOT NULL
);
INSERT INTO waiting_receipts (workspace_id, receipt_id) SELECT workspace_id, id FROM receipts WHERE log_index IS NULL;
INSERT INTO receipt_places (receipt_id, workspace_id, log_index) SELECT id, workspace_id, log_index FROM receipts WHERE log_index IS NOT NULL;
CREATE UNIQUE INDEX receipt_places_workspace_id_log_index_key ON receipt_places (workspace_id, log_index);

DROP TRIGGER receipts_log_index_once ON receipts;
DROP TRIGGER receipts_append_only ON receipts;
ALTER TABLE receipts DROP COLUMN log_index;
CREATE TRIGGER receipts_append_only BEFORE UPDATE OR DELETE ON receipts FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();

-- Every receipt waits for its place, whoever writes it.
CREATE FUNCTION daai_let_receipt_wait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO waiting_receipts (workspace_id, receipt_id) VALUES (NEW.workspace_id, NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER receipts_wait AFTER INSERT ON receipts FOR EACH ROW EXECUTE FUNCTION daai_let_receipt_wait();

-- It stops waiting when it has one, and keeps that.
CREATE FUNCTION daai_require_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM gone LEFT JOIN receipt_places place USING (receipt_id) WHERE place.receipt_id IS NULL) THEN
    RAISE EXCEPTION 'a receipt waits until it has its place in the log' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER waiting_receipts_placed AFTER DELETE ON waiting_receipts REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION daai_require_place();
CREATE TRIGGER waiting_receipts_kept BEFORE UPDATE ON waiting_receipts FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER waiting_receipts_no_truncate BEFORE TRUNCATE ON waiting_receipts EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER receipt_places_append_only BEFORE UPDATE OR DELETE ON receipt_places FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER receipt_places_no_truncate BEFORE TRUNCATE ON receipt_places EXECUTE FUNCTION daai_forbid_change();

CREATE OR REPLACE FUNCTION daai_require_restart_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM receipt_places place JOIN receipts r ON r.id = place.receipt_id
    WHERE place.workspace_id = OLD.workspace_id AND place.log_index = OLD.size AND r.kind = 'log_restarted')
  THEN
    RAISE EXCEPTION 'the receipt log of workspace % changes its origin only with a receipt that says so', OLD.workspace_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
