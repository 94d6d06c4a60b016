-- A receipt stops waiting when it has its place, and keeps that.
CREATE OR REPLACE FUNCTION daai_require_place()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF EXISTS (SELECT FROM gone LEFT JOIN receipt_places place USING (receipt_id) WHERE place.receipt_id IS NULL) THEN
    RAISE EXCEPTION 'a receipt waits until it has its place in the log' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $function$;
