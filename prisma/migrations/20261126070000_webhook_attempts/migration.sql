-- Every attempt to deliver a webhook, with what was sent and what came back. It goes with its delivery.
CREATE UNIQUE INDEX "webhook_deliveries_workspace_id_id_key" ON "webhook_deliveries"("workspace_id", "id");

CREATE TABLE "webhook_attempts" (
  "id" UUID NOT NULL,
  "workspace_id" UUID NOT NULL,
  "delivery_id" UUID NOT NULL,
  "attempted_at" TIMESTAMPTZ(3) NOT NULL,
  "duration_ms" INTEGER NOT NULL,
  "request_headers" JSONB NOT NULL,
  "response_status" INTEGER,
  "response_headers" JSONB NOT NULL,
  "response_body" TEXT,
  "error" TEXT,

  CONSTRAINT "webhook_attempts_pkey" PRIMARY KEY ("id"),
  CONSTRAINT webhook_attempts_answer CHECK ((response_status IS NULL) = (error IS NOT NULL) AND (response_status IS NOT NULL OR response_body IS NULL))
);

CREATE INDEX "webhook_attempts_workspace_id_delivery_id_id_idx" ON "webhook_attempts"("workspace_id", "delivery_id", "id");
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_workspace_id_delivery_id_fkey" FOREIGN KEY ("workspace_id", "delivery_id") REFERENCES "webhook_deliveries"("workspace_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Until now the last attempt alone was kept, in the delivery itself.
INSERT INTO webhook_attempts (id, workspace_id, delivery_id, attempted_at, duration_ms, request_headers, response_status, response_headers, response_body, error)
SELECT gen_random_uuid(), workspace_id, id, last_attempt_at, coalesce(duration_ms, 0), '[]', response_status, '[]',
  CASE WHEN response_status IS NOT NULL THEN response_body END,
  CASE WHEN response_status IS NULL THEN coalesce(last_error, 'There was no answer.') END
FROM webhook_deliveries WHERE last_attempt_at IS NOT NULL;

ALTER TABLE webhook_deliveries
  DROP COLUMN last_attempt_at,
  DROP COLUMN response_status,
  DROP COLUMN response_body,
  DROP COLUMN duration_ms;
