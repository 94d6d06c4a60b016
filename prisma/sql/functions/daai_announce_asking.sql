-- A run that waits for people is told to open pages when it commits, wherever it was written. Its transaction notifies the
-- worker's queue anyway, so this costs it no further lock. Each of those asked is told under their own address, too: they need
-- not be members.
CREATE OR REPLACE FUNCTION daai_announce_asking()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_notify('daai_changed', NEW.workspace_id || ' approvals'), pg_notify('daai_changed', NEW.workspace_id || ' runs');
  PERFORM pg_notify('daai_changed', email || ' approvals') FROM unnest(NEW.approver_emails) AS email;
  RETURN NULL;
END $function$;
