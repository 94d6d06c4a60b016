-- What functions and triggers are for, kept with them: it stood beside the statements of earlier migrations, where nobody looks for
-- the present text of a function. `\df+` shows it, and so does prisma/sql.
DO $$
DECLARE
  statement text;
BEGIN
  FOR statement IN
    SELECT format('COMMENT ON FUNCTION %s IS %L', p.oid::regprocedure, description.words)
    FROM pg_proc p JOIN (VALUES
      ('daai_check_keys', 'Whose keys these are, and whether both are valid and of one workspace. Always one row; `refusal` null means yes. Who holds no valid API key is told nothing about the workspace key.'),
      ('daai_count_up', 'Counts `amount` up and returns the new count, or null (nothing counted) when that would pass the limit. Holds the counter''s row lock until the transaction ends, so that a limit is exact.'),
      ('daai_count_down', 'Takes back what daai_count_up counted in the same transaction.'),
      ('daai_counted', 'How much of a limit is used up.'),
      ('daai_count_attempt', 'Counts one attempt in several counters of the current window, or in none of them: `is_counted` is false when one is at its limit. Windows are whole multiples of their length since 1970, so every process agrees on them. The counters'' rows are locked in the given order until the transaction ends; callers give them in one order, so that none waits for another''s.'),
      ('daai_intercept', 'The hot path in one round trip: many proposals, decided by the application on a snapshot of their policy, are checked against the present state and written in the caller''s transaction. Lock order, so that transactions with several proposals cannot deadlock: the caller sorts by owner, and the owner''s monthly counter is the first row a proposal locks; everything else of that owner is then under this lock.'),
      ('daai_risk_rank', '0 for low to 3 for critical, as the application counts them.'),
      ('daai_is_unseen', 'Whether nobody has opened a request for too long, as the application says it.'),
      ('daai_iso_time', 'A time as it is written on the wire: UTC, to the millisecond.'),
      ('daai_announce_asking', 'A run that waits for people is told to open pages when it commits, wherever it was written. Its transaction notifies the worker''s queue anyway, so this costs it no further lock. Each of those asked is told under their own address, too: they need not be members.'),
      ('daai_announce_delivery', 'What became of a mail about a run is told to open pages: sent, given up, bounced.'),
      ('daai_count_new_runs', 'Many rows at once, in one order, so that two of these cannot wait for each other. A transaction locks the row of the hour it changes until it ends. Proposals of one owner wait for each other already, at the owner''s monthly counter, and take this row after it.'),
      ('daai_count_decided_run', 'Only a pending run moves, and only once. A decision changes one run and so takes one row of run_counts, as its last shared lock.'),
      ('daai_plan_approval', 'A new request gets its first step, and a job of its own when one of those who are asked is away. Both with the request, by the database''s time, so that nothing in a server''s memory can be too old for it.'),
      ('daai_send_webhook', 'A job that sends what is due for the endpoint. One of its own for every delivery: a shared one would be a row that transactions of the same workspace wait for. Asked for twice it is one job.'),
      ('daai_queue_webhooks', 'One delivery for every endpoint that listens to the event, in the transaction of the change, whoever writes it. A run that its policy decides fires none: the program has its answer already. The first 48 bits of the id are the time (UUID version 7), so that ids are in the order of the events.'),
      ('daai_forbid_change', 'Evidence is append-only.'),
      ('daai_forbid_illegal_move', 'A final status stays, and what was proposed stays; only a payload may be erased, never replaced.'),
      ('daai_forbid_shrinking', 'A log grows, and what was signed stays.'),
      ('daai_let_receipt_wait', 'Every receipt waits for its place in the log, whoever writes it.'),
      ('daai_require_place', 'A receipt stops waiting when it has its place, and keeps that.'),
      ('daai_require_erasure_receipt', 'Nothing of a run is erased before it is decided, or without a receipt that says by whom and why.'),
      ('daai_require_restart_receipt', 'A log goes on under another origin only where its next receipt says so.')
    ) AS description (name, words) ON description.name = p.proname
    WHERE p.pronamespace = current_schema()::regnamespace
    UNION ALL
    SELECT format('COMMENT ON TRIGGER %I ON %s IS %L', t.tgname, t.tgrelid::regclass, description.words)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN (VALUES
      ('action_runs_texts_kept', 'What the agent said, what was read from the payload, and what was reported change in no other way than by being erased.'),
      ('receipt_shares_kept', 'What somebody was given stays what it was: it shows no more than it did, and once revoked it stays so.')
    ) AS description (name, words) ON description.name = t.tgname
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
  LOOP
    EXECUTE statement;
  END LOOP;
END $$;
