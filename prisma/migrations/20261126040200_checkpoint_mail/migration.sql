-- The newest checkpoint of a workspace's log by mail, once a day, to addresses of its owners' choice.
ALTER TABLE "workspaces" ADD COLUMN "checkpoint_emails" TEXT[] DEFAULT ARRAY[]::TEXT[];
ALTER TABLE workspaces ALTER COLUMN checkpoint_emails SET NOT NULL;

-- Which checkpoint a mail carries, and on which day (UTC): fixed when it is queued, so that every try says the same.
ALTER TABLE "email_deliveries"
  ADD COLUMN "checkpoint_day" DATE,
  ADD COLUMN "checkpoint_origin" TEXT,
  ADD COLUMN "checkpoint_size" BIGINT;
ALTER TABLE "email_deliveries" ADD CONSTRAINT "email_deliveries_workspace_id_checkpoint_origin_checkpoint_fkey"
  FOREIGN KEY ("workspace_id", "checkpoint_origin", "checkpoint_size") REFERENCES "receipt_checkpoints"("workspace_id", "origin", "size") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE email_deliveries
  DROP CONSTRAINT email_deliveries_kind,
  ADD CONSTRAINT email_deliveries_kind CHECK (kind IN (
    'approval_request', 'bounce_notice', 'log_checkpoint', 'sign_in_link', 'sign_up_confirmation', 'account_exists', 'password_reset', 'invitation')),
  ADD CONSTRAINT email_deliveries_checkpoint CHECK (CASE WHEN kind = 'log_checkpoint'
    THEN workspace_id IS NOT NULL AND checkpoint_day IS NOT NULL AND checkpoint_origin IS NOT NULL AND checkpoint_size IS NOT NULL
    ELSE checkpoint_day IS NULL AND checkpoint_origin IS NULL AND checkpoint_size IS NULL END);

-- One a day and address, however often the worker looks.
CREATE UNIQUE INDEX email_deliveries_checkpoint_once ON email_deliveries (workspace_id, to_email, checkpoint_day) WHERE checkpoint_day IS NOT NULL;
CREATE INDEX workspaces_checkpoint_mail ON workspaces (id) WHERE checkpoint_emails <> '{}';
