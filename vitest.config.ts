import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
const exclude = ["**/node_modules/**", "**/.next/**", "**/.build/**", "**/.data/**", "sdk/python/**", "e2e/**"];
/** On a real PostgreSQL, which is started once for all files. */
const onDatabase = {
  environment: "node",
  exclude,
  globalSetup: ["lib/testing/postgres-global-setup.ts"],
  // One process loads the product once; each file gets a database of its own and a process as it was at the start.
  isolate: false,
  setupFiles: ["lib/testing/database-setup.ts"],
  // For what hangs. A busy machine may take long.
  testTimeout: 180_000,
  hookTimeout: 120_000,
};

/** Has the agent frameworks be those that are installed in a folder. */
function frameworksOf(folder: string): Plugin {
  return {
    name: "frameworks",
    enforce: "pre",
    resolveId(source, importer, options) {
      const isFramework = /^(@mastra\/core|@openai\/agents|langchain|@langchain\/.*)(\/|$)/.test(source);
      return isFramework && importer ? this.resolve(source, resolve(folder, "package.json"), { ...options, skipSelf: true }) : null;
    },
  };
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          // Nothing to keep apart: unit tests do no I/O and change no settings.
          pool: "threads",
          isolate: false,
          environment: "node",
          // For a property over many values on a machine that is busy with other tests.
          testTimeout: 90_000,
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...exclude, "**/*.{integration,process,console,image,ha}.test.{ts,tsx}"],
        },
      },
      { resolve: { alias }, test: { ...onDatabase, name: "integration", include: ["**/*.integration.test.{ts,tsx}"] } },
      // Those that start the console itself, built, as a process.
      {
        resolve: { alias },
        test: {
          ...onDatabase,
          name: "processes",
          globalSetup: ["scripts/test/build-setup.ts", ...onDatabase.globalSetup],
          include: ["**/*.process.test.{ts,tsx}"],
        },
      },
      // Kills the primary of a cluster again and again, only when asked to: npm run test:ha.
      {
        resolve: { alias },
        test: {
          name: "ha",
          environment: "node",
          exclude,
          globalSetup: ["scripts/test/build-setup.ts"],
          include: ["lib/guarantees/*.ha.test.ts"],
          testTimeout: 3_600_000,
          hookTimeout: 600_000,
        },
      },
      // Builds the container image and runs it, only when asked to: npm run test:image.
      {
        resolve: { alias },
        test: {
          name: "image",
          environment: "node",
          exclude,
          include: ["scripts/image/*.image.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 3_600_000,
        },
      },
      // The adapters of the TypeScript SDK, with the packages that the environment names; scripts/test/adapters-part.ts installs them.
      {
        resolve: { alias },
        plugins: [frameworksOf(process.env["DAAI_TEST_PACKAGES"] ?? ".")],
        test: {
          name: "adapters",
          environment: "node",
          include: ["sdk/typescript/tests/{langgraph,mastra,openai-agents}*.test.ts"],
          exclude: [...exclude, "**/*.console.test.ts"],
        },
      },
      // The TypeScript SDK in the runtime that the environment names; scripts/test/runtimes-part.ts goes through all of them.
      {
        resolve: { alias },
        test: {
          name: "runtimes",
          environment: "node",
          include: ["sdk/typescript/tests/runtimes/*.test.ts", "sdk/typescript/tests/{pending-store,runner-kills}.test.ts"],
          exclude,
          testTimeout: 90_000,
        },
      },
      // Those that talk to the console that the environment names; scripts/test/sdk-part.ts starts it.
      {
        resolve: { alias },
        test: { name: "sdk", environment: "node", exclude, include: ["sdk/{gateway,typescript}/**/*.console.test.ts"] },
      },
    ],
  },
});
