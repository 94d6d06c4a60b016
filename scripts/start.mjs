// `npm start` and, with --dev, `npm run dev`. Until the dependencies are there, plain Node is all it has.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { requireNode } from "./prepare/require-node.mjs";

requireNode();
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { reportFailure } = await import("./prepare/report-failure.mjs");
try {
  const { prepare } = await import("./prepare/prepare.mjs");
  await prepare();
  const { startConsole } = await import("./start-console.ts");
  await startConsole({ isDev: process.argv.includes("--dev") });
} catch (error) {
  reportFailure(error);
}
