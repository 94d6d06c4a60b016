-- Why a grant doesn't allow a run of this amount, given what is used of it; null: it does. The same rule as grantRefusal in
-- TypeScript.
CREATE OR REPLACE FUNCTION daai_grant_refusal(g standing_grants, uses integer, used numeric, amount numeric, currency text, at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  SELECT CASE
    WHEN daai_grant_state(g, uses, used, at) <> 'live' THEN daai_grant_state(g, uses, used, at)
    WHEN (amount IS NULL) <> (g.amount_each IS NULL) THEN 'amount'
    WHEN g.amount_each IS NULL THEN NULL
    WHEN currency IS DISTINCT FROM g.currency THEN 'currency'
    WHEN amount > g.amount_each THEN 'amount_each'
    WHEN used + amount > g.total THEN 'total' END
$function$;
