-- Who is asked when nobody answers, when people are reminded, and who stands in for somebody who is away.
ALTER TABLE "workspaces"
  ADD COLUMN "escalation_emails" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "escalation_percent" INTEGER NOT NULL DEFAULT 75,
  ADD COLUMN "reminds_at_half" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "reminds_near_end" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE workspaces ADD CONSTRAINT workspaces_escalation_percent CHECK (escalation_percent BETWEEN 1 AND 99);

ALTER TABLE "registered_actions" ADD COLUMN "escalation_emails" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- `next_step_at`: when the worker looks whether somebody is to be reminded or asked; null when nothing comes before the end.
ALTER TABLE "approval_requests"
  ADD COLUMN "next_step_at" TIMESTAMPTZ(3),
  ADD COLUMN "reminded_at_half_at" TIMESTAMPTZ(3),
  ADD COLUMN "reminded_near_end_at" TIMESTAMPTZ(3),
  ADD COLUMN "escalated_at" TIMESTAMPTZ(3),
  ADD COLUMN "escalated_to" TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX approval_requests_next_step ON approval_requests (next_step_at) WHERE next_step_at IS NOT NULL;

-- For whom the holder of a link stands in, and until when that person is away.
ALTER TABLE "decision_links" ADD COLUMN "stands_in_for" TEXT, ADD COLUMN "stands_in_until" TIMESTAMPTZ(3);
ALTER TABLE decision_links ADD CONSTRAINT decision_links_stands_in CHECK ((stands_in_for IS NULL) = (stands_in_until IS NULL));

-- Somebody's one absence, under way or to come. It ends by its time, or by being deleted.
CREATE TABLE "absences" (
    "user_id" UUID NOT NULL,
    "colleague_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "absences_pkey" PRIMARY KEY ("user_id")
);
CREATE INDEX "absences_colleague_id_idx" ON "absences"("colleague_id");
ALTER TABLE "absences" ADD CONSTRAINT "absences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "absences" ADD CONSTRAINT "absences_colleague_id_fkey" FOREIGN KEY ("colleague_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE absences
  ADD CONSTRAINT absences_colleague CHECK (colleague_id <> user_id),
  ADD CONSTRAINT absences_time CHECK (ends_at > starts_at);

-- A new request gets its first step, and a job of its own when one of those who are asked is away. Both with the request,
-- by the database's time, so that nothing in a server's memory can be too old for it.
CREATE FUNCTION daai_plan_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT NEW.created_at + (NEW.expires_at - NEW.created_at) * (least(50, w.escalation_percent) / 100.0)
  INTO NEW.next_step_at FROM workspaces w WHERE w.id = NEW.workspace_id;
  IF EXISTS (
    SELECT FROM users u JOIN absences a ON a.user_id = u.id
    WHERE u.email = ANY(NEW.approver_emails) AND a.starts_at <= NEW.created_at AND a.ends_at > NEW.created_at)
  THEN
    PERFORM graphile_worker.add_job('hand-over-run', json_build_object('requestId', NEW.id));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_requests_plan BEFORE INSERT ON approval_requests FOR EACH ROW EXECUTE FUNCTION daai_plan_approval();

-- What waits already is looked at by the same rules.
UPDATE approval_requests request
SET next_step_at = greatest(request.created_at + (request.expires_at - request.created_at) * 0.5, now())
FROM action_runs run
WHERE run.workspace_id = request.workspace_id AND run.id = request.run_id AND run.governance_status = 'pending_approval';
