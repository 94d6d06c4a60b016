-- The webhooks of a standing grant. Never what has to be the same, nor amounts: a receiver may know less than a member.
CREATE OR REPLACE FUNCTION daai_queue_grant_webhooks(g standing_grants, event text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
  uses int;
  used numeric;
BEGIN
  SELECT count(*), coalesce(sum(u.amount), 0) INTO uses, used FROM grant_uses u WHERE u.grant_id = g.id;
  PERFORM daai_queue_event(g.workspace_id, event, json_build_object(
    'grant_id', g.id, 'workspace_id', g.workspace_id, 'action', (SELECT a.name FROM registered_actions a WHERE a.id = g.action_id),
    'action_run_id', g.run_id, 'state', daai_grant_state(g, uses, used, at), 'given_by', g.given_by, 'given_at', daai_iso_time(g.created_at),
    'needs_confirmation', g.needs_confirmation, 'confirmed_by', g.confirmed_by, 'max_uses', g.max_uses, 'uses', uses,
    'ends_at', daai_iso_time(g.ends_at), 'ended_at', daai_iso_time(g.ended_at), 'ended_by', g.ended_by, 'ended_reason', g.ended_reason), at);
END $function$;
