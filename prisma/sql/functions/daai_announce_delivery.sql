-- What became of a mail about a run is told to open pages: sent, given up, bounced.
CREATE OR REPLACE FUNCTION daai_announce_delivery()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_notify('daai_changed', NEW.workspace_id || ' approvals'), pg_notify('daai_changed', NEW.workspace_id || ' runs');
  RETURN NULL;
END $function$;
