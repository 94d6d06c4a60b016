-- What became of each mail, and whether the page it leads to was opened.

-- Facts that the provider tells afterwards, in whatever order: each is set once. `status` stays the outbox's own word.
ALTER TABLE "email_deliveries"
  ADD COLUMN "ask_reason" TEXT,
  ADD COLUMN "about_delivery_id" UUID,
  ADD COLUMN "next_try_at" TIMESTAMPTZ(3),
  ADD COLUMN "delivered_at" TIMESTAMPTZ(3),
  ADD COLUMN "delayed_at" TIMESTAMPTZ(3),
  ADD COLUMN "bounced_at" TIMESTAMPTZ(3),
  ADD COLUMN "bounce_reason" TEXT,
  ADD COLUMN "complained_at" TIMESTAMPTZ(3);

ALTER TABLE email_deliveries
  DROP CONSTRAINT email_deliveries_kind,
  ADD CONSTRAINT email_deliveries_kind CHECK (kind IN (
    'approval_request', 'bounce_notice', 'sign_in_link', 'sign_up_confirmation', 'account_exists', 'password_reset', 'invitation')),
  ADD CONSTRAINT email_deliveries_about CHECK ((kind = 'bounce_notice') = (about_delivery_id IS NOT NULL)),
  ADD CONSTRAINT email_deliveries_asked CHECK (
    ask_reason IS NULL OR (kind = 'approval_request' AND ask_reason IN ('bounce', 'escalation', 'resend', 'delegation', 'reminder'))),
  ADD CONSTRAINT email_deliveries_bounce CHECK (bounce_reason IS NULL OR bounced_at IS NOT NULL);

ALTER TABLE "email_deliveries" ADD CONSTRAINT "email_deliveries_about_delivery_id_fkey" FOREIGN KEY ("about_delivery_id") REFERENCES "email_deliveries"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- A person is told once of a mail that came back.
CREATE UNIQUE INDEX "email_deliveries_about_delivery_id_to_email_key" ON "email_deliveries"("about_delivery_id", "to_email");
CREATE INDEX "email_deliveries_provider_message_id_idx" ON "email_deliveries"("provider_message_id");

-- The first time that somebody opened the page of a link, and the first time that anybody opened the request, by link or in
-- the console. A program that opens every link in a mail counts, too: it says "opened", not "read".
ALTER TABLE "decision_links" ADD COLUMN "opened_at" TIMESTAMPTZ(3);
ALTER TABLE "approval_requests" ADD COLUMN "opened_at" TIMESTAMPTZ(3);
