-- Sessions of people in the console, one-time tokens that are mailed to them, and the mails themselves.

CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "session_version" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "user_agent" TEXT,
    "client_address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE sessions ADD CONSTRAINT sessions_method CHECK (method IN ('password', 'link'));

CREATE TABLE "account_tokens" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "user_id" UUID,
    "token_hash" BYTEA NOT NULL,
    "payload" JSONB NOT NULL DEFAULT '{}',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_tokens_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "account_tokens_token_hash_key" ON "account_tokens"("token_hash");
CREATE INDEX "account_tokens_user_id_idx" ON "account_tokens"("user_id");
CREATE INDEX "account_tokens_expires_at_idx" ON "account_tokens"("expires_at");
ALTER TABLE "account_tokens" ADD CONSTRAINT "account_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE account_tokens
  ADD CONSTRAINT account_tokens_kind CHECK (kind IN ('sign_in', 'sign_up', 'reset_password')),
  ADD CONSTRAINT account_tokens_user CHECK ((kind = 'sign_up') = (user_id IS NULL));

-- The outbox carries mails to account holders, too: they belong to no run, and most of them to no workspace.
ALTER TABLE "email_deliveries"
  ALTER COLUMN "workspace_id" DROP NOT NULL,
  ALTER COLUMN "run_id" DROP NOT NULL,
  ALTER COLUMN "decision_link_id" DROP NOT NULL,
  ADD COLUMN "account_token_id" UUID,
  ADD COLUMN "invitation_id" UUID;
ALTER TABLE "email_deliveries" ADD CONSTRAINT "email_deliveries_account_token_id_fkey" FOREIGN KEY ("account_token_id") REFERENCES "account_tokens"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "email_deliveries" ADD CONSTRAINT "email_deliveries_invitation_id_fkey" FOREIGN KEY ("invitation_id") REFERENCES "invitations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "email_deliveries_account_token_id_idx" ON "email_deliveries"("account_token_id");
CREATE INDEX "email_deliveries_invitation_id_idx" ON "email_deliveries"("invitation_id");
ALTER TABLE email_deliveries
  ADD CONSTRAINT email_deliveries_kind CHECK (
    kind IN ('approval_request', 'sign_in_link', 'sign_up_confirmation', 'account_exists', 'password_reset', 'invitation')),
  ADD CONSTRAINT email_deliveries_run CHECK (
    CASE WHEN kind = 'approval_request' THEN workspace_id IS NOT NULL AND run_id IS NOT NULL AND decision_link_id IS NOT NULL
         ELSE run_id IS NULL AND decision_link_id IS NULL END),
  ADD CONSTRAINT email_deliveries_invitation CHECK ((kind = 'invitation') = (invitation_id IS NOT NULL));
