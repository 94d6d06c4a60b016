-- Where a run's claim stands at a moment, as lib/domain/claim-state.ts says it. Each argument is used once, so that PostgreSQL
-- writes the expression into the query around it: an index is then used as if it stood there, and an argument that is a
-- subquery (whether the action releases claims) is asked only for a claim that has run out.
CREATE FUNCTION daai_claim_state(execution_status text, claim_token_hash bytea, claim_expires_at timestamptz,
  auto_releases_claims boolean, at timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN execution_status <> 'awaiting_execution_report' OR claim_token_hash IS NULL THEN 'none'
    WHEN claim_expires_at > at THEN 'held'
    WHEN auto_releases_claims THEN 'lapsed'
    ELSE 'in_doubt' END
$$;
