-- Whether a yes counts now: nobody took it back, its voter could still give it, and it was to the payload that is decided on
-- now. With the decision, the votes that count are settled.
CREATE OR REPLACE FUNCTION daai_vote_counts(vote votes, run action_runs)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT daai_vote_stands(vote, run)
    AND coalesce(vote.payload_hash, run.payload_hash) = coalesce((SELECT c.payload_hash FROM daai_current_change(run) c), run.payload_hash)
$function$;
