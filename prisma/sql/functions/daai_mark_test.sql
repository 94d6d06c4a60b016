-- A run proposed with a test key is a test, whatever else is said of it, and nothing of it ever runs.
CREATE OR REPLACE FUNCTION daai_mark_test()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  -- Assigning to NEW makes PostgreSQL build the row again.
  IF EXISTS (SELECT FROM api_keys key WHERE key.id = NEW.api_key_id AND key.kind = 'test') THEN
    NEW.is_test := true;
    NEW.execution_status := 'not_executed';
  ELSIF NEW.is_test THEN
    NEW.is_test := false;
  END IF;
  RETURN NEW;
END $function$;
