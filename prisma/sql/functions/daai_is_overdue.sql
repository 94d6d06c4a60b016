-- Whether the approval window of a run is over. While the run is frozen, no window ends.
CREATE OR REPLACE FUNCTION daai_is_overdue(run action_runs, at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT run.expires_at <= at AND coalesce(run.expires_at <= daai_frozen_since(run.workspace_id, run.action_id, run.api_key_id), true)
$function$;
