-- The webhooks of a freeze or its thaw in one workspace. A freeze of the whole console is told to every workspace.
CREATE OR REPLACE FUNCTION daai_queue_freeze_webhooks(stop freezes, to_workspace_id uuid, event text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM daai_queue_event(to_workspace_id, event, json_build_object(
    'freeze_id', stop.id, 'workspace_id', to_workspace_id,
    'scope', CASE WHEN stop.workspace_id IS NULL THEN 'console' WHEN stop.action_id IS NOT NULL THEN 'action'
      WHEN stop.api_key_id IS NOT NULL THEN 'api_key' ELSE 'workspace' END,
    'action', (SELECT a.name FROM registered_actions a WHERE a.id = stop.action_id),
    'api_key_id', stop.api_key_id, 'reason', stop.reason,
    'frozen_at', daai_iso_time(stop.frozen_at), 'frozen_by', stop.frozen_by,
    'thawed_at', daai_iso_time(stop.thawed_at), 'thawed_by', stop.thawed_by), at);
END $function$;
