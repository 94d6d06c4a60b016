-- The webhooks of a policy change that waits for a second person, and of what became of it. Never what it changes: a receiver
-- may know less than a member.
CREATE OR REPLACE FUNCTION daai_queue_proposal_webhooks()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM daai_queue_event(NEW.workspace_id,
    CASE NEW.status WHEN 'pending' THEN 'policy.proposed' WHEN 'confirmed' THEN 'policy.confirmed' WHEN 'declined' THEN 'policy.declined' ELSE 'policy.ended' END,
    json_build_object(
      'proposal_id', NEW.id, 'workspace_id', NEW.workspace_id, 'kind', NEW.kind, 'status', NEW.status, 'action_id', NEW.action_id,
      'action', (SELECT a.name FROM registered_actions a WHERE a.id = NEW.action_id),
      'group', (SELECT g.name FROM approver_groups g WHERE g.id = NEW.group_id),
      'comment', NEW.comment, 'proposed_at', daai_iso_time(NEW.created_at), 'proposed_by', NEW.proposed_by,
      'ended_at', daai_iso_time(NEW.ended_at), 'ended_by', NEW.ended_by, 'end_comment', NEW.end_comment),
    coalesce(NEW.ended_at, NEW.created_at));
  RETURN NULL;
END $function$;
