// Runs a TypeScript program with the console's settings and database: node scripts/run.mjs scripts/demo/demo.ts …
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { requireNode } from "./prepare/require-node.mjs";

requireNode();
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { reportFailure } = await import("./prepare/report-failure.mjs");
try {
  const { prepare } = await import("./prepare/prepare.mjs");
  await prepare();
  const { runProgram } = await import("./console/run-program.ts");
  const program = pathToFileURL(resolve(process.argv[2])).href;
  process.argv.splice(1, 2, resolve(process.argv[2]));
  await runProgram(program);
} catch (error) {
  reportFailure(error);
}
