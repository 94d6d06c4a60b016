import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withFileLock } from "@/lib/file-lock.mjs";
import { SetupError } from "@/lib/setup-error";

const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "proxy.ts",
  "mdx-components.tsx",
  "prisma/schema.prisma",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const IS_NOT_SOURCE = /(\.test\.tsx?|^lib\/testing|^lib\/db\/generated)$/;
const STAMP = ".build/next-build.stamp";
const BUILD_ID = ".next/BUILD_ID";

/** `next build`, when a source changed since the last time. Throws a SetupError. */
export async function buildApp(say: (message: string) => void, stop: AbortSignal): Promise<void> {
  mkdirSync(".build", { recursive: true });
  await withFileLock(".build/next-build.lock", async () => {
    const sources = hashOf(SOURCES);
    if (read(STAMP) === `${sources} ${read(BUILD_ID)}`) return;
    say("Building the pages (about half a minute, once) …");
    rmSync(STAMP, { force: true });
    await runNextBuild(stop);
    writeFileSync(STAMP, `${sources} ${read(BUILD_ID)}`);
  });
}

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function hashOf(paths: string[]): string {
  const hash = createHash("sha256").update(process.version);
  const add = (path: string) => {
    if (!existsSync(path) || IS_NOT_SOURCE.test(path)) return;
    if (statSync(path).isDirectory())
      readdirSync(path)
        .sort()
        .forEach((name) => add(join(path, name)));
    else hash.update(`\0${path}\0`).update(readFileSync(path));
  };
  paths.forEach(add);
  return hash.digest("hex");
}

function runNextBuild(stop: AbortSignal): Promise<void> {
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
      code === 0 ? resolve() : reject(new SetupError(`${output.trim()}\nThe pages could not be built; the reason stands above.`)),
    );
  });
}
