-- One delivery for every endpoint of the workspace that listens to the event. Events of runs have daai_queue_webhooks, which
-- reads what it says of a run only where somebody listens.
CREATE OR REPLACE FUNCTION daai_queue_event(to_workspace_id uuid, event text, facts json, at timestamp with time zone)
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
    VALUES (delivery_id, to_workspace_id, listening.id, event,
      json_build_object('type', event, 'timestamp', daai_iso_time(at), 'data', facts)::text, 'queued', at, at);
    PERFORM daai_send_webhook(delivery_id, listening.id, NULL);
  END LOOP;
END $function$;
