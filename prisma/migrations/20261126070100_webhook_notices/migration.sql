-- Owners are told by mail when the console stops sending to an endpoint.
ALTER TABLE "email_deliveries" ADD COLUMN "about_webhook_id" UUID;

ALTER TABLE email_deliveries
  DROP CONSTRAINT email_deliveries_kind,
  ADD CONSTRAINT email_deliveries_kind CHECK (kind IN (
    'approval_request', 'bounce_notice', 'log_checkpoint', 'webhook_notice', 'sign_in_link', 'sign_up_confirmation', 'account_exists', 'password_reset', 'invitation')),
  ADD CONSTRAINT email_deliveries_webhook CHECK ((kind = 'webhook_notice') = (about_webhook_id IS NOT NULL));

ALTER TABLE "email_deliveries" ADD CONSTRAINT "email_deliveries_workspace_id_about_webhook_id_fkey" FOREIGN KEY ("workspace_id", "about_webhook_id") REFERENCES "webhook_endpoints"("workspace_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- A person is told once of each time that it was disabled, which is when the notice was written.
CREATE UNIQUE INDEX email_deliveries_webhook_notice ON email_deliveries (about_webhook_id, to_email, created_at) WHERE about_webhook_id IS NOT NULL;
