-- An account that an operator has disabled signs in nowhere, decides nothing and is asked nothing, until it is enabled again.
ALTER TABLE "users" ADD COLUMN "disabled_at" TIMESTAMPTZ(3);

-- Who is behind an address is asked with every decision.
CREATE INDEX "users_person" ON "users" (daai_person("email"));

ALTER TABLE decision_links DROP CONSTRAINT decision_links_withdrawn, ADD CONSTRAINT decision_links_withdrawn CHECK (
  (withdrawn_at IS NULL) = (withdrawn_reason IS NULL) AND withdrawn_reason IN ('left', 'replaced', 'disabled'));

CREATE FUNCTION daai_is_disabled(email text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM users u WHERE daai_person(u.email) = daai_person(daai_is_disabled.email) AND u.disabled_at IS NOT NULL)
$$;
COMMENT ON FUNCTION daai_is_disabled IS 'Whether an account of the person at this address is disabled, whichever of their addresses it is.';

CREATE OR REPLACE FUNCTION daai_may_decide(workspace uuid, asked text[], person text, is_signed_in boolean, deciders text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (SELECT FROM workspaces w WHERE w.id = workspace AND w.deleted_at IS NULL)
  AND NOT daai_has_left(workspace, person) AND NOT daai_is_disabled(person)
  AND (
    EXISTS (
      SELECT FROM members m JOIN users u ON u.id = m.user_id
      WHERE m.workspace_id = workspace AND u.email = person AND m.role = ANY(deciders))
    OR (person = ANY(asked) AND (
      NOT is_signed_in OR EXISTS (SELECT FROM users u WHERE u.email = person AND u.email_verified_at IS NOT NULL))))
$function$;

CREATE OR REPLACE FUNCTION daai_decides_in(person uuid, deciders text[])
 RETURNS TABLE(workspace_id uuid)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT m.workspace_id FROM members m JOIN workspaces w ON w.id = m.workspace_id AND w.deleted_at IS NULL
  JOIN users u ON u.id = m.user_id
  WHERE m.user_id = person AND NOT daai_is_disabled(u.email) AND m.role = ANY(deciders)
$function$;

CREATE OR REPLACE FUNCTION daai_asked_about(person uuid)
 RETURNS TABLE(workspace_id uuid, run_id uuid)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT DISTINCT request.workspace_id, request.run_id FROM users u
  JOIN decision_links link ON link.approver_email = u.email AND link.expires_at > now() AND link.withdrawn_at IS NULL
  JOIN approval_requests request
    ON request.workspace_id = link.workspace_id AND request.id = link.approval_request_id AND u.email = ANY(request.approver_emails)
  JOIN workspaces w ON w.id = link.workspace_id AND w.deleted_at IS NULL
  WHERE u.id = person AND u.email_verified_at IS NOT NULL AND NOT daai_has_left(link.workspace_id, u.email)
    AND NOT daai_is_disabled(u.email)
$function$;

CREATE OR REPLACE FUNCTION daai_has_second_eyes(workspace uuid, asked text[], maker text, deciders text[])
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  SELECT EXISTS (
    SELECT FROM (
      SELECT unnest(asked)
      UNION ALL
      SELECT u.email FROM members m JOIN users u ON u.id = m.user_id WHERE m.workspace_id = workspace AND m.role = ANY(deciders)
    ) able (email)
    WHERE daai_person(able.email) <> daai_person(maker) AND NOT daai_has_left(workspace, able.email)
      AND NOT daai_is_disabled(able.email))
$function$;

CREATE OR REPLACE FUNCTION daai_without_former(workspace uuid, emails text[])
 RETURNS text[]
 LANGUAGE sql
 STABLE
AS $function$
  SELECT ARRAY(
    SELECT email FROM unnest(emails) WITH ORDINALITY AS listed (email, place)
    WHERE NOT daai_has_left(workspace, email) AND NOT daai_is_disabled(email) ORDER BY place)
$function$;
