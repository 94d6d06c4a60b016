-- How long people may take to answer, when an action does not say so itself. Null: DAAI_APPROVAL_WINDOW_MINUTES.
ALTER TABLE "workspaces" ADD COLUMN "approval_window_minutes" INTEGER;
ALTER TABLE "workspaces" ADD CONSTRAINT workspaces_window CHECK (approval_window_minutes BETWEEN 1 AND 525600);

-- What people did, for whoever reads it: claims and reports, one or two a run, are not among it.
CREATE INDEX audit_events_of_people ON audit_events (workspace_id, id) WHERE actor_type <> 'api_key';

-- A request has two keys; until now only the use of the API key was noted. One statement of daai_intercept changes, so that
-- statement alone is replaced: whatever else the function does by now stays as it is.
DO $patch$
DECLARE
  noted constant text := 'WHERE id = k.api_key_id;';
  definition text := pg_get_functiondef('daai_intercept(jsonb)'::regprocedure);
BEGIN
  IF position('UPDATE api_keys SET last_used_at = now_ms ' || noted IN definition) = 0 THEN
    RAISE EXCEPTION 'daai_intercept does not note the use of keys as expected';
  END IF;
  EXECUTE replace(definition, 'UPDATE api_keys SET last_used_at = now_ms ' || noted,
    'UPDATE api_keys SET last_used_at = now_ms WHERE id = k.api_key_id OR key_hash = decode(r.workspace_key_hash, ''hex'');');
END $patch$;
