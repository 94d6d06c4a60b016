CREATE OR REPLACE FUNCTION daai_withdraw(requests uuid[], person text, reason text)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
AS $function$
DECLARE
  changed uuid[];
BEGIN
  PERFORM FROM approval_requests q WHERE q.id = ANY(requests) ORDER BY q.id FOR NO KEY UPDATE;
  SELECT array_agg(q.id ORDER BY q.id) INTO changed FROM approval_requests q
  WHERE q.id = ANY(requests) AND (
    EXISTS (SELECT FROM unnest(q.approver_emails) email WHERE daai_person(email) = daai_person(person))
    OR EXISTS (SELECT FROM votes v WHERE v.workspace_id = q.workspace_id AND v.run_id = q.run_id AND v.revoked_at IS NULL
      AND daai_person(v.voter) = daai_person(person)));
  -- A yes is worth what its voter's right is worth.
  UPDATE votes v SET revoked_at = date_trunc('milliseconds', clock_timestamp()), revoked_reason = reason
  FROM approval_requests q
  WHERE q.id = ANY(changed) AND v.workspace_id = q.workspace_id AND v.run_id = q.run_id AND v.revoked_at IS NULL
    AND daai_person(v.voter) = daai_person(person);
  UPDATE decision_links link SET withdrawn_at = date_trunc('milliseconds', clock_timestamp()), withdrawn_reason = reason
  WHERE link.approval_request_id = ANY(changed) AND daai_person(link.approver_email) = daai_person(person)
    AND link.used_at IS NULL AND link.withdrawn_at IS NULL;
  UPDATE approval_requests q SET approver_emails = ARRAY(
    SELECT email FROM unnest(q.approver_emails) WITH ORDINALITY AS a (email, place)
    WHERE daai_person(email) <> daai_person(person) ORDER BY place)
  WHERE q.id = ANY(changed);
  RETURN QUERY SELECT unnest(changed);
END $function$;
