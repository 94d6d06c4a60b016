-- One delivery for every endpoint of the workspace that listens to the event, like daai_queue_webhooks. A freeze of the whole
-- console is told to every workspace.
CREATE OR REPLACE FUNCTION daai_queue_freeze_webhooks(stop freezes, to_workspace_id uuid, event text, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
  listening record;
  delivery_id uuid;
BEGIN
  FOR listening IN
    SELECT e.id FROM webhook_endpoints e
    WHERE e.workspace_id = to_workspace_id AND e.disabled_at IS NULL AND e.deleted_at IS NULL AND event = ANY (e.event_types)
    ORDER BY e.id
  LOOP
    delivery_id := daai_new_id(at);
    INSERT INTO webhook_deliveries (id, workspace_id, endpoint_id, event_type, body, status, created_at, next_attempt_at)
    VALUES (delivery_id, to_workspace_id, listening.id, event, json_build_object(
      'type', event, 'timestamp', daai_iso_time(at), 'data', json_build_object(
        'freeze_id', stop.id, 'workspace_id', to_workspace_id,
        'scope', CASE WHEN stop.workspace_id IS NULL THEN 'console' WHEN stop.action_id IS NOT NULL THEN 'action'
          WHEN stop.api_key_id IS NOT NULL THEN 'api_key' ELSE 'workspace' END,
        'action', (SELECT a.name FROM registered_actions a WHERE a.id = stop.action_id),
        'api_key_id', stop.api_key_id, 'reason', stop.reason,
        'frozen_at', daai_iso_time(stop.frozen_at), 'frozen_by', stop.frozen_by,
        'thawed_at', daai_iso_time(stop.thawed_at), 'thawed_by', stop.thawed_by))::text, 'queued', at, at);
    PERFORM daai_send_webhook(delivery_id, listening.id, NULL);
  END LOOP;
END $function$;
