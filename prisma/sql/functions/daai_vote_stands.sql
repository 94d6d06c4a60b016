-- Whether nobody took a yes back, and its voter could still give it.
CREATE OR REPLACE FUNCTION daai_vote_stands(vote votes, run action_runs)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT vote.revoked_at IS NULL AND NOT daai_has_left(run.workspace_id, vote.voter) AND NOT daai_is_disabled(vote.voter)
  AND NOT EXISTS (
    SELECT FROM registered_actions a JOIN api_keys k ON k.id = run.api_key_id
    WHERE a.id = run.action_id AND a.requires_four_eyes AND daai_person(k.created_by) = daai_person(vote.voter))
$function$;
