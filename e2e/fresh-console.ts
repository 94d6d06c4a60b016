import { databaseUrlOf, runSql } from "@/lib/testing/test-postgres";
import { startTestServer, type TestServer } from "@/lib/testing/test-server";

/** A console on its first day: an empty database, the settings that nobody has touched. Resolves with what `visit` does. */
export async function withFreshConsole<T>(visit: (daai: TestServer) => Promise<T>): Promise<T> {
  const { url, template } = JSON.parse(process.env.DAAI_TEST_POSTGRES ?? "{}") as { url: string; template: string };
  const name = template.replace("template", "e2e_fresh");
  await runSql(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const server = await startTestServer({ databaseUrl: databaseUrlOf(url, name) });
  try {
    return await visit(server);
  } finally {
    await server.stop();
    await runSql(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}
