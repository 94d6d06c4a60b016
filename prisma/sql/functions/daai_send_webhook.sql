-- A job that sends what is due for the endpoint. One of its own for every delivery: a shared one would be a row that
-- transactions of the same workspace wait for. Asked for twice it is one job.
CREATE OR REPLACE FUNCTION daai_send_webhook(delivery_id uuid, endpoint_id uuid, at timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM graphile_worker.add_job('send-webhooks', json_build_object('endpointId', endpoint_id),
    run_at => at, job_key => 'webhook ' || delivery_id);
END $function$;
