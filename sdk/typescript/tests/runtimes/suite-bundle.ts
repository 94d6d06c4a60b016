import { join } from "node:path";
import { build, type Plugin } from "esbuild";

/**
 * Writes a program of this folder into one with the installed package, which it imports in place of the SDK's sources. A process imports the
 * package itself; a worker has it bundled in, as tools for workers do.
 */
export async function bundleSuite(folder: string, name: "suite-process" | "suite-worker"): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [`sdk/typescript/tests/runtimes/${name}.ts`],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    external: ["node:*"],
    plugins: [installedPackage(folder, name === "suite-process")],
    logLevel: "silent",
  });
  return outfile;
}

function installedPackage(folder: string, isExternal: boolean): Plugin {
  return {
    name: "installed package",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /\/src\// }, ({ path, kind }) => {
        const [, entry] = /\/src\/(index|runner|testing|verify)$/.exec(path) ?? [];
        if (entry === undefined) throw new Error(`the package has no entry for ${path}`);
        const imported = entry === "index" ? "daai" : `daai/${entry}`;
        return isExternal ? { path: imported, external: true } : resolve(imported, { kind, resolveDir: folder });
      });
    },
  };
}
