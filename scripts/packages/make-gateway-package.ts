import { readdirSync, readFileSync } from "node:fs";
import { build } from "esbuild";
import { ALWAYS_PACKED, type NpmArchive, npmArchive } from "./npm-archive";

/** For the packages inside that aren't ES modules. The first line has systems run it with Node. */
const BANNER = `#!/usr/bin/env node
import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);`;

/** The package of the MCP gateway: one program, with everything it needs bundled in, so that it is installed without an index. */
export async function makeGatewayPackage(folder: string): Promise<NpmArchive> {
  const { version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as { version: string };
  const files = new Map<string, Uint8Array>(ALWAYS_PACKED.map((name) => [name, readFileSync(`${folder}/${name}`)]));
  const { program, packages } = await bundleGateway(folder);
  files.set("dist/daai-mcp.js", program);
  files.set("dist/third-party-licenses.txt", new TextEncoder().encode(packages.map(licenseOf).join("\n\n")));
  return npmArchive(`daai-mcp-${version}.tgz`, files);
}

/** Minified, because most of it is other packages, and a client starts it for each of its sessions. */
export async function bundleGateway(folder: string): Promise<{ program: Uint8Array; packages: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${folder}/src/daai-mcp.ts`],
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    charset: "utf8",
    minify: true,
    legalComments: "none",
    banner: { js: BANNER },
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error("The gateway was bundled to nothing.");
  const packages = Object.keys(metafile.inputs).flatMap((path) => /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  return { program: output.contents, packages: [...new Set(packages)].sort() };
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as Record<string, string>;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file !== undefined ? readFileSync(`${folder}/${file}`, "utf8").trim() : "";
  return `${name} ${version} (${license})\n\n${text}\n`;
}
