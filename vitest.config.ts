import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "") };
const exclude = ["**/node_modules/**", "**/.next/**", "**/.build/**", "**/.data/**", "sdk/**", "e2e/**"];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          // Nothing to keep apart: unit tests do no I/O and change no settings.
          pool: "threads",
          isolate: false,
          environment: "node",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...exclude, "**/*.integration.test.{ts,tsx}"],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          environment: "node",
          include: ["**/*.integration.test.{ts,tsx}"],
          exclude,
          globalSetup: ["lib/testing/postgres-global-setup.ts"],
          setupFiles: ["lib/testing/database-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
