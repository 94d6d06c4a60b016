-- With a run's payload goes what people changed of it, whichever release erases it.
CREATE OR REPLACE FUNCTION daai_erase_changes()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  UPDATE payload_changes SET payload_text = NULL, changes_text = NULL, amount = NULL, currency = NULL, recipient = NULL, sentence = NULL,
    proposed_amount = NULL, proposed_currency = NULL, proposed_recipient = NULL, proposed_sentence = NULL
  WHERE workspace_id = NEW.workspace_id AND run_id = NEW.id;
  -- Webhooks say what a person changed.
  UPDATE webhook_deliveries SET body = (body::jsonb || jsonb_build_object('data', body::jsonb -> 'data' || jsonb_build_object('decision',
    body::jsonb #> '{data,decision}' || '{"changes": null, "proposed_payload": null}')))::text
  WHERE workspace_id = NEW.workspace_id AND run_id = NEW.id AND jsonb_typeof(body::jsonb #> '{data,decision,changes}') = 'array';
  RETURN NULL;
END $function$;
