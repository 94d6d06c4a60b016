import { mkdirSync, mkdtempSync } from "node:fs";
import { resolve } from "node:path";
import { type BuildOptions, build } from "esbuild";

/** The code of a program that imports `daai`, with what it imports bundled in. */
export async function bundle(program: string, options: BuildOptions = {}): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, loader: "ts", resolveDir: "." },
    alias: {
      "daai/ai-sdk": resolve("sdk/typescript/src/ai-sdk.ts"),
      "daai/langgraph": resolve("sdk/typescript/src/langgraph.ts"),
      "daai/mastra": resolve("sdk/typescript/src/mastra.ts"),
      "daai/openai-agents": resolve("sdk/typescript/src/openai-agents.ts"),
      "daai/pauses": resolve("sdk/typescript/src/pauses.ts"),
      "daai/runner": resolve("sdk/typescript/src/runner.ts"),
      "daai/testing": resolve("sdk/typescript/src/testing.ts"),
      "daai/verify": resolve("sdk/typescript/src/verify.ts"),
      "daai/witness": resolve("sdk/typescript/src/witness.ts"),
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

/** Makes a folder in which programs find the packages of this repository. */
export function programFolder(name: string): string {
  mkdirSync(".build", { recursive: true });
  return mkdtempSync(resolve(`.build/${name}-`));
}

/** For a program in such a folder that imports the AI SDK. */
export const WITH_AI_SDK: BuildOptions = { platform: "node", external: ["ai", "ai/test", "zod"] };
