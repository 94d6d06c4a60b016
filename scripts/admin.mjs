#!/usr/bin/env node
// `npm run admin -- …`
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { requireNode } from "./prepare/require-node.mjs";

requireNode();
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { reportFailure } = await import("./prepare/report-failure.mjs");
try {
  const { loadProgram } = await import("./prepare/load-program.mjs");
  const { admin } = await loadProgram("admin");
  await admin(process.argv.slice(2));
} catch (error) {
  reportFailure(error);
}
