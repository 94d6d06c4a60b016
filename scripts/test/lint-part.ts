import { runLogged, type Write } from "./run-logged";
import type { TestFailure, TestResult } from "./test-counts";

const CHECKS: readonly { name: string; command: readonly string[] }[] = [
  { name: "format", command: ["node_modules/@biomejs/biome/bin/biome", "check", "."] },
  { name: "structure", command: ["scripts/check-structure.mjs"] },
  { name: "words", command: ["scripts/check-words.mjs"] },
  {
    name: "dependencies",
    command: [
      "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
      "--config",
      ".dependency-cruiser.mjs",
      "app",
      "components",
      "lib",
      "scripts",
      "bench",
      "e2e",
      "sdk/conformance",
      "sdk/gateway",
      "sdk/typescript",
      "proxy.ts",
    ],
  },
  {
    name: "folders",
    command: [
      "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
      "--config",
      ".dependency-cruiser.folders.mjs",
      "app",
      "components",
      "lib",
      "scripts",
      "sdk/gateway",
      "sdk/typescript",
      "proxy.ts",
    ],
  },
  { name: "route types", command: ["node_modules/next/dist/bin/next", "typegen"] },
  { name: "types", command: ["node_modules/typescript-7/bin/tsc", "--noEmit", "--checkers", "2"] },
  // Without Node's types: what the package uses has to be everywhere.
  { name: "types of the package", command: ["node_modules/typescript-7/bin/tsc", "--noEmit", "--project", "sdk/typescript"] },
  { name: "oxlint", command: ["node_modules/oxlint/bin/oxlint", "--config", "oxlint.config.mjs"] },
];

/** GOGC: the native compiler, which oxlint asks for types too, lives for seconds, and half its work is collecting garbage that fits into memory. */
const ENV = { NEXT_TELEMETRY_DISABLED: "1", GOGC: "400" };

/** Every check counts as one test. */
export async function lintPart(write: Write): Promise<TestResult> {
  const failures: TestFailure[] = [];
  for (const { name, command } of CHECKS) {
    const { code, output } = await runLogged(write, process.execPath, command, ENV);
    write(`${code === 0 ? "✓" : "✗"} ${name}\n`);
    if (code !== 0) failures.push({ test: name, message: output });
  }
  return { passed: CHECKS.length - failures.length, failed: failures.length, skipped: 0, failures };
}
