// `npm run bench`: it makes a database of its own, so it runs without the console's settings.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { prepare } from "../scripts/prepare/prepare.mjs";
import { reportFailure } from "../scripts/prepare/report-failure.mjs";
import { requireNode } from "../scripts/prepare/require-node.mjs";

requireNode();
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
try {
  await prepare();
  const { runBench } = await import("./run-bench.ts");
  await runBench(process.argv.slice(2));
} catch (error) {
  reportFailure(error);
}
