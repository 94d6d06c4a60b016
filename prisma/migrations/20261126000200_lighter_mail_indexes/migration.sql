-- Mail that is queued has neither value: it need not be written into these indexes in the transaction of its run.
DROP INDEX "email_deliveries_provider_message_id_idx";
CREATE INDEX email_deliveries_provider_message ON email_deliveries (provider_message_id) WHERE provider_message_id IS NOT NULL;
DROP INDEX "email_deliveries_about_delivery_id_to_email_key";
CREATE UNIQUE INDEX email_deliveries_notice ON email_deliveries (about_delivery_id, to_email) WHERE about_delivery_id IS NOT NULL;
