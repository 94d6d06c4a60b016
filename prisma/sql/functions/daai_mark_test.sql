-- A run proposed with a test key is a test, whatever else is said of it, and nothing of it ever runs.
CREATE OR REPLACE FUNCTION daai_mark_test()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.is_test := EXISTS (SELECT FROM api_keys key WHERE key.id = NEW.api_key_id AND key.kind = 'test');
  IF NEW.is_test THEN NEW.execution_status := 'not_executed'; END IF;
  RETURN NEW;
END $function$;
