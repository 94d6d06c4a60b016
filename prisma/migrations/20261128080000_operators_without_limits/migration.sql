-- Whoever runs the console is not kept from using it: operators whose plan was that of the settings have no limits from now on.
-- What was set for one of them, a plan or single limits, stays.
UPDATE "users" SET "plan" = 'unlimited' WHERE "is_operator" AND "plan" IS NULL;

-- The versions make every cached decision snapshot, which holds the owner's limits, be read again.
UPDATE "workspaces" SET "config_version" = "config_version" + 1
WHERE "owner_id" IN (SELECT "id" FROM "users" WHERE "is_operator");
