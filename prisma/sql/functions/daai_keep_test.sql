-- A test stays a test: approving it makes nothing executable, whichever process decides.
CREATE OR REPLACE FUNCTION daai_keep_test()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.is_test <> OLD.is_test THEN NEW.is_test := OLD.is_test; END IF;
  IF NEW.is_test AND NEW.execution_status <> 'not_executed' THEN NEW.execution_status := 'not_executed'; END IF;
  RETURN NEW;
END $function$;
