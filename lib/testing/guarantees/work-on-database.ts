import { disconnectDb } from "@/lib/db/client";
import { resetEnvCache } from "@/lib/env";
import { testSettings } from "@/lib/testing/test-settings";

/** From here on this process, too, works on that database. */
export async function workOnDatabase(databaseUrl: string): Promise<void> {
  await disconnectDb();
  Object.assign(process.env, testSettings(databaseUrl));
  resetEnvCache();
}
