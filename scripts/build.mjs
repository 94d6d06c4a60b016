// `npm run build`: everything that a start would build. With `-- --to FOLDER` it also packs what runs into that new folder.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { requireNode } from "./prepare/require-node.mjs";

requireNode();
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { reportFailure } = await import("./prepare/report-failure.mjs");
try {
  const { prepare } = await import("./prepare/prepare.mjs");
  await prepare();
  const { buildConsole } = await import("./pack/build-console.ts");
  await buildConsole(process.argv.slice(2));
} catch (error) {
  reportFailure(error);
}
