-- Ends a grant from the next transaction on, with its receipt. False: it had ended. A use that came first has committed by
-- then.
CREATE OR REPLACE FUNCTION daai_end_grant(grant_id uuid, reason text, person text, channel text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
DECLARE
  g standing_grants;
  receipt uuid;
  body text;
  at timestamptz := date_trunc('milliseconds', clock_timestamp());
BEGIN
  UPDATE standing_grants s SET ended_at = at, ended_by = person, ended_reason = reason WHERE s.id = $1 AND s.ended_at IS NULL RETURNING * INTO g;
  IF NOT FOUND THEN RETURN false; END IF;
  receipt := daai_new_id(at);
  -- The canonical text: members in order, no blanks.
  body := concat('{"action":', to_json((SELECT a.name FROM registered_actions a WHERE a.id = g.action_id)),
    ',"channel":', coalesce(to_json(channel)::text, 'null'), ',"ended_at":', to_json(daai_iso_time(at)),
    ',"ended_by":', coalesce(to_json(person)::text, 'null'), ',"grant_id":"', g.id, '","kind":"grant_end","reason":', to_json(reason),
    ',"receipt_id":"', receipt, '","run_id":"', g.run_id,
    '","uses":', (SELECT count(*) FROM grant_uses u WHERE u.grant_id = g.id), ',"v":1,"workspace_id":"', g.workspace_id, '"}');
  INSERT INTO receipts (id, workspace_id, kind, run_id, body, leaf_hash, created_at)
  VALUES (receipt, g.workspace_id, 'grant_end', g.run_id, body, sha256('\x00'::bytea || convert_to(body, 'UTF8')), at);
  RETURN true;
END $function$;
