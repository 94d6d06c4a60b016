// `npm start` and, with --dev, `npm run dev`. Until the dependencies are there, plain Node is all it has.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { requireNode } from "./prepare/require-node.mjs";

requireNode();
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { reportFailure } = await import("./prepare/report-failure.mjs");
try {
  const isDev = process.argv.includes("--dev");
  const { startConsole } = await (isDev ? loadSource() : loadBuilt());
  await startConsole({ isDev });
} catch (error) {
  reportFailure(error);
}

async function loadBuilt() {
  const { loadProgram } = await import("./prepare/load-program.mjs");
  return loadProgram("start-console");
}

async function loadSource() {
  const { prepare } = await import("./prepare/prepare.mjs");
  await prepare();
  return import("./console/start-console.ts");
}
