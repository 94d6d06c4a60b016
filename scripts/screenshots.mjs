// `npm run screenshots`: the pictures of the README and the documentation, from a console of their own with made-up data.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { requireNode } from "./prepare/require-node.mjs";

requireNode();
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { reportFailure } = await import("./prepare/report-failure.mjs");
const dataDir = mkdtempSync(join(tmpdir(), "daai-screenshots-"));
process.once("exit", () => rmSync(dataDir, { recursive: true, force: true }));
// Empty is unset, and wins over a developer's own .env.
Object.assign(process.env, { DAAI_DATA_DIR: dataDir, DATABASE_URL: "", DATABASE_DIRECT_URL: "", RESEND_API_KEY: "", SMTP_URL: "" });
try {
  const { prepare } = await import("./prepare/prepare.mjs");
  await prepare();
  const { runProgram } = await import("./console/run-program.ts");
  await runProgram(pathToFileURL("scripts/screenshots/take-screenshots.ts").href);
} catch (error) {
  reportFailure(error);
}
