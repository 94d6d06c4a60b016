import { existsSync } from "node:fs";
import { chromium } from "playwright";
import { SetupError } from "@/lib/errors/setup-error";
import { runLogged, type Write } from "./run-logged";

/** Chromium without windows comes first: the same engine for half the processor time. */
const INSTALLED = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

let finding: Promise<string> | undefined;

/** A Chromium for the browser tests: Playwright's own, one that is installed, or one that is now installed, once. Throws a SetupError. */
export async function findBrowser(write: Write): Promise<string> {
  return findInstalled() ?? (finding ??= install(write));
}

async function install(write: Write): Promise<string> {
  write("Getting a browser for the browser tests …\n");
  await runLogged(write, process.execPath, ["node_modules/playwright/cli.js", "install", "chromium"]);
  if (!findInstalled() && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    await runLogged(write, "apt-get", ["update", "-q"]);
    // Not every Debian has the first.
    for (const name of ["chromium-headless-shell", "chromium"]) {
      if (findInstalled()) break;
      await runLogged(write, "apt-get", ["install", "-y", "-q", "--no-install-recommends", name, "fonts-liberation"], {
        DEBIAN_FRONTEND: "noninteractive",
      });
    }
  }
  const gotten = findInstalled();
  if (gotten) return gotten;
  throw new SetupError(
    "The browser tests need Chromium, and it could not be installed: `npx playwright install chromium`, or your system's package chromium, brings it.",
  );
}

/** No download: null when there is none. */
export function findInstalled(): string | null {
  return [chromium.executablePath(), ...INSTALLED].find((path) => existsSync(path)) ?? null;
}
