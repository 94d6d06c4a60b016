-- Which receipts wait for their place in the log, and that no place is given twice. A new receipt has an entry in the first of
-- the two, a placed one in the second: writing costs what it did with one index over all.
CREATE UNIQUE INDEX receipts_workspace_id_log_index_once ON receipts (workspace_id, log_index) WHERE log_index IS NOT NULL;
CREATE INDEX receipts_waiting ON receipts (workspace_id, id) WHERE log_index IS NULL;
DROP INDEX "receipts_workspace_id_log_index_key";

-- The same rule as before, without a function's call for each receipt that gets its place.
DROP TRIGGER receipts_log_index_once ON receipts;
CREATE TRIGGER receipts_log_index_once BEFORE UPDATE ON receipts FOR EACH ROW
  WHEN (OLD.log_index IS NOT NULL OR NEW.log_index IS NULL
    OR (NEW.id, NEW.workspace_id, NEW.kind, NEW.run_id, NEW.body, NEW.leaf_hash, NEW.created_at)
      IS DISTINCT FROM (OLD.id, OLD.workspace_id, OLD.kind, OLD.run_id, OLD.body, OLD.leaf_hash, OLD.created_at))
  EXECUTE FUNCTION daai_forbid_change();
DROP FUNCTION daai_allow_only_log_index();

-- The roots of the complete subtrees at the log's end: what appending has to know of all that stands before.
ALTER TABLE receipt_logs ADD COLUMN edge bytea NOT NULL DEFAULT '\x';
ALTER TABLE receipt_logs ALTER COLUMN edge DROP DEFAULT;
ALTER TABLE receipt_logs ADD CONSTRAINT receipt_logs_head CHECK (size >= 0 AND octet_length(root_hash) = 32 AND octet_length(edge) % 32 = 0);

-- Hashes of complete subtrees, 256 a row, in the order and layout of tlog-tiles: `level` 1 over 256 leaves each, 2 over 65,536 …
-- Those of level 0 are the receipts' own leaf hashes.
CREATE TABLE receipt_log_tiles (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE RESTRICT ON UPDATE CASCADE,
  level int NOT NULL,
  number bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (workspace_id, level, number),
  CONSTRAINT receipt_log_tiles_hashes CHECK (level > 0 AND number >= 0 AND octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0)
);
-- Hashes do not compress.
ALTER TABLE receipt_log_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- A log grows, and what was signed stays.
CREATE FUNCTION daai_forbid_shrinking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the receipt log of workspace % cannot shrink from % to %', OLD.workspace_id, OLD.size, NEW.size USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER receipt_logs_grow BEFORE UPDATE ON receipt_logs FOR EACH ROW WHEN (NEW.size < OLD.size) EXECUTE FUNCTION daai_forbid_shrinking();
CREATE TRIGGER receipt_logs_kept BEFORE DELETE ON receipt_logs FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER receipt_checkpoints_append_only BEFORE UPDATE OR DELETE ON receipt_checkpoints FOR EACH ROW EXECUTE FUNCTION daai_forbid_change();
CREATE TRIGGER receipt_checkpoints_no_truncate BEFORE TRUNCATE ON receipt_checkpoints EXECUTE FUNCTION daai_forbid_change();
