import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { SetupError } from "@/lib/errors/setup-error";
import { withFileLock } from "@/lib/file-lock.mjs";
import { buildPackages } from "@/scripts/packages/build-packages";
import { builtFrom, readSources, type Sources, writeStamp } from "@/scripts/prepare/build-stamp.mjs";
import { takeOutBasePath } from "./place-base-path";

export const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "proxy.ts",
  "mdx-components.tsx",
  "prisma/schema.prisma",
  "next.config.mjs",
  "scripts/console/place-base-path.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
  ".env.example",
];
export const STAMP = ".build/next-build.stamp";
const BUILD_ID = ".next/BUILD_ID";

/** The packages and `next build`, when a source changed since the last time. Throws a SetupError. */
export async function buildApp(say: (message: string) => void, stop?: AbortSignal): Promise<void> {
  await buildPackages(stop);
  if (isBuilt(readSources(STAMP, SOURCES))) return;
  await withFileLock(".build/next-build.lock", async () => {
    const sources = readSources(STAMP, SOURCES);
    if (isBuilt(sources)) return;
    say("Building the pages (about half a minute, once) …");
    rmSync(STAMP, { force: true });
    await runNextBuild(stop);
    takeOutBasePath();
    writeStamp(STAMP, sources, readBuildId());
  });
}

function isBuilt(sources: Sources): boolean {
  return existsSync(BUILD_ID) && builtFrom(STAMP, sources) === readBuildId();
}

function readBuildId(): string {
  return readFileSync(BUILD_ID, "utf8");
}

function runNextBuild(stop: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      signal: stop,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new SetupError(`${output.trim()}\nThe pages couldn't be built. The reason is above.`)),
    );
  });
}
