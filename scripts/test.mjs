// `npm test`, and `npm run test:unit` and the like for one part.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { requireNode } from "./prepare/require-node.mjs";

requireNode();
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { reportFailure } = await import("./prepare/report-failure.mjs");
try {
  const { prepare } = await import("./prepare/prepare.mjs");
  await prepare();
  const { runTests } = await import("./test/run-tests.ts");
  await runTests(process.argv.slice(2));
} catch (error) {
  reportFailure(error);
}
