-- Kept mails hold live links, so that whoever reads a copy of the database could approve what waits: from now on their bodies are
-- encrypted like the outbox. The key is not the database's, so the worker does it to those of before; once more an hour later to those that
-- a process of the release before kept meanwhile.
ALTER TABLE mailbox_messages
  ADD COLUMN sealed_body BYTEA,
  ALTER COLUMN html DROP NOT NULL,
  ALTER COLUMN text DROP NOT NULL,
  ADD CONSTRAINT mailbox_messages_body CHECK (CASE WHEN sealed_body IS NULL THEN html IS NOT NULL AND text IS NOT NULL ELSE html IS NULL AND text IS NULL END);

SELECT graphile_worker.add_job('seal-kept-mails', '{}'::json, run_at => now() + wait) FROM unnest(ARRAY['0 s', '1 h']::interval[]) wait;
