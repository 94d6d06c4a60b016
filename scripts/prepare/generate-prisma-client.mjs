import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { runCommand } from "./run-command.mjs";

const STAMP = ".build/prisma-client.stamp";

export function isPrismaClientGenerated() {
  return existsSync("lib/db/generated/client.ts") && existsSync(STAMP) && readFileSync(STAMP, "utf8") === wantedStamp();
}

/** `prisma generate`, when the schema or Prisma changed. */
export async function generatePrismaClient(say) {
  if (isPrismaClientGenerated()) return;
  say("Generating the database client …");
  await runCommand(process.execPath, ["node_modules/prisma/build/index.js", "generate", "--no-hints"], {
    // `generate` looks for the schema engine but does not run it, and the engine is a download that not every machine can make.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: "1",
  });
  writeFileSync(STAMP, wantedStamp());
}

function wantedStamp() {
  const hash = createHash("sha256");
  for (const path of ["prisma/schema.prisma", "node_modules/prisma/package.json"]) hash.update(readFileSync(path));
  return hash.digest("hex");
}
