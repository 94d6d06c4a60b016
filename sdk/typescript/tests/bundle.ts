import { resolve } from "node:path";
import { type BuildOptions, build } from "esbuild";

/** The code of a program that imports `daai`, with the SDK and nothing else bundled in. */
export async function bundle(program: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, loader: "ts", resolveDir: "." },
    alias: {
      "daai/testing": resolve("sdk/typescript/src/testing.ts"),
      "daai/verify": resolve("sdk/typescript/src/verify.ts"),
      daai: resolve("sdk/typescript/src/index.ts"),
    },
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "silent",
    ...options,
  });
  return outputFiles?.[0]?.text ?? "";
}
