-- Whether nobody has opened a request for too long, as lib/domain/unseen.ts says it.
CREATE FUNCTION daai_is_unseen(opened_at timestamptz, created_at timestamptz, expires_at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT opened_at IS NULL AND now() - created_at > least(interval '10 minutes', (expires_at - created_at) / 4)
$$;

-- Few of all mails: counted by the overview.
CREATE INDEX email_deliveries_bounced ON email_deliveries (workspace_id, run_id) WHERE bounced_at IS NOT NULL;
