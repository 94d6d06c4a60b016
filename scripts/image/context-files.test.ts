import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SOURCES as APP } from "@/scripts/console/build-app";
import { FILES } from "@/scripts/pack/pack-console";
import { SOURCES as PACKAGES } from "@/scripts/packages/build-packages";
import { SOURCES as PROGRAMS } from "@/scripts/prepare/load-program.mjs";
import { contextFilter } from "./context-files";

it("the last pattern that names a file or a folder above it decides", () => {
  const { isSent } = contextFilter("# all\n*\n!lib\nlib/secret\n**/node_modules\n**/*.test.ts\n");
  const sent = ["lib/a.ts", "lib/deep/b.ts", "lib/secretary.ts"];
  const kept = ["README.md", ".env", "lib/secret/c.ts", "node_modules/x", "lib/deep/node_modules/x/y.js", "lib/deep/d.test.ts"];
  expect([...sent, ...kept].filter(isSent)).toEqual(sent);
  const { isEntered } = contextFilter("*\n!sdk/python\n");
  expect(["sdk", "sdk/python", "sdk/typescript", ".git"].filter(isEntered)).toEqual(["sdk", "sdk/python"]);
});

it("a pattern that isn't understood is said, not skipped", () => {
  expect(() => contextFilter("lib/[ab].ts")).toThrow("lib/[ab].ts");
});

it("the build gets the sources, and neither data nor secrets nor history", () => {
  const { isSent } = contextFilter(readFileSync(".dockerignore", "utf8"));
  const needed = ["package.json", "package-lock.json", ".env.example", "app/layout.tsx", "lib/env.ts", "prisma/migrations/a/migration.sql"];
  const kept = [
    ".env",
    ".data/secrets.json",
    ".git/config",
    "node_modules/next/package.json",
    ".next/BUILD_ID",
    "lib/testing/factories.ts",
  ];
  const backups = ["console.backup", "lib/env.test.ts", "sdk/typescript/node_modules/a/b.js", "lib/db/generated/client.ts"];
  expect([...needed, ...kept, ...backups].filter(isSent)).toEqual(needed);
});

it("the build gets all that it's made of, and all that it packs", () => {
  const { isSent } = contextFilter(readFileSync(".dockerignore", "utf8"));
  const needed = new Set([...APP, ...PACKAGES, ...PROGRAMS, ...FILES].filter((path) => !path.startsWith("node_modules/")));
  expect(needed.size).toBeGreaterThan(20);
  expect([...needed].filter((path) => !isSent(path))).toEqual([]);
});
