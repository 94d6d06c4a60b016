// Writes the packages for npm into the folder that is named: what a console serves at /packages.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { requireNode } from "./prepare/require-node.mjs";

requireNode();
const folder = resolve(process.argv[2]);
process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const { reportFailure } = await import("./prepare/report-failure.mjs");
try {
  const { prepare } = await import("./prepare/prepare.mjs");
  await prepare();
  const { makeTypeScriptPackage } = await import("./packages/make-typescript-package.ts");
  const { makeGatewayPackage } = await import("./packages/make-gateway-package.ts");
  mkdirSync(folder, { recursive: true });
  for (const { fileName, bytes } of [await makeTypeScriptPackage("sdk/typescript"), await makeGatewayPackage("sdk/gateway")]) {
    // Moved into place whole: a console that is running may be serving it.
    writeFileSync(`${folder}/${fileName}.draft`, bytes);
    renameSync(`${folder}/${fileName}.draft`, `${folder}/${fileName}`);
  }
} catch (error) {
  reportFailure(error);
}
