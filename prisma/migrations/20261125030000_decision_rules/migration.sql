-- What an action asks of those who answer its runs.
ALTER TABLE "registered_actions"
  ADD COLUMN "requires_reject_comment" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "requires_four_eyes" BOOLEAN NOT NULL DEFAULT false;
