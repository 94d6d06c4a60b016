import { openTestPostgres } from "@/lib/testing/test-postgres";

/** Once for all browser tests: the database server and a migrated template. The workers copy it. Returns the teardown. */
export default async function setup(): Promise<() => Promise<void>> {
  const { url, template, close } = await openTestPostgres();
  process.env.DAAI_TEST_POSTGRES = JSON.stringify({ url, template });
  return close;
}
