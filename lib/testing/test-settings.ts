import { tmpdir } from "node:os";
import { join } from "node:path";
import { SETTING_NAMES } from "@/lib/env";

/** Settings for processes under test. The secrets are fixed, public, and good for nothing else. */
export function testSettings(databaseUrl: string): Record<string, string> {
  // Empty is unset, and keeps a developer's own .env out.
  const unset = SETTING_NAMES.filter((name) => name !== "NODE_ENV").map((name) => [name, ""] as const);
  return {
    ...Object.fromEntries(unset),
    DATABASE_URL: databaseUrl,
    DATABASE_DIRECT_URL: databaseUrl,
    DAAI_DATA_DIR: join(tmpdir(), "daai-test-data"),
    NEXTAUTH_SECRET: "test-nextauth-secret-test-nextauth-secret",
    DAAI_KEY_PEPPER: "test-key-pepper-test-key-pepper-test-key-pepper",
    DAAI_LOG_SIGNING_KEY: Buffer.alloc(32, "test log signing key").toString("base64"),
    DAAI_PUBLIC_URL: "http://localhost:3000",
    LOG_LEVEL: "error",
  };
}
