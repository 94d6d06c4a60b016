import { defineConfig } from "@playwright/test";
import { findInstalled } from "./scripts/test/find-browser";

/** Started by `npm run test:e2e`, which finds or gets a browser and builds the pages first. */
export default defineConfig({
  testDir: "e2e",
  outputDir: ".build/test-results/e2e",
  globalSetup: ["./scripts/test/build-setup.ts", "./e2e/postgres-setup.ts"],
  // Each worker has a console and a database of its own.
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  // For what hangs. A busy machine may take long for a page.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: "line",
  use: {
    // What hangs says where, while there is time left of the whole test.
    actionTimeout: 90_000,
    navigationTimeout: 90_000,
    // Far from UTC, and half an hour off: what shows the wrong zone shows it here.
    timezoneId: "Asia/Kathmandu",
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
    // A quarter of the whole time: for looking into a failure, `--trace on`.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findInstalled() ?? undefined,
      // Chromium's sandbox does not work for root; the others keep it from talking to the outside.
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
