CREATE OR REPLACE FUNCTION daai_note_member()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF TG_OP = 'INSERT' THEN
    DELETE FROM former_members f WHERE f.workspace_id = NEW.workspace_id AND f.user_id = NEW.user_id;
  ELSE
    INSERT INTO former_members (workspace_id, user_id, left_at)
    VALUES (OLD.workspace_id, OLD.user_id, date_trunc('milliseconds', clock_timestamp()))
    ON CONFLICT (workspace_id, user_id) DO UPDATE SET left_at = EXCLUDED.left_at;
  END IF;
  RETURN NULL;
END $function$;
