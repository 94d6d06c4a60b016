-- Whether nobody took a yes back, and its voter could still give it.
CREATE OR REPLACE FUNCTION daai_vote_stands(vote votes, run action_runs)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT vote.revoked_at IS NULL AND NOT daai_has_left(run.workspace_id, vote.voter) AND NOT daai_is_disabled(vote.voter)
  AND NOT daai_bars_maker(run.action_id, run.api_key_id, vote.voter)
$function$;
