-- Until the transaction ends, nothing of this workspace is frozen by anyone else. Whoever lets a run through asks for this
-- first and then, in another statement, for daai_frozen_since: either the freeze comes after the run, or the run finds the
-- freeze.
CREATE OR REPLACE FUNCTION daai_delay_freezes(workspace_id uuid)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(72707374, 0), pg_advisory_xact_lock_shared(72707374, hashtext(workspace_id::text));
END $function$;
