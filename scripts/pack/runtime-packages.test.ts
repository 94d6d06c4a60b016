import { expect, it } from "vitest";
import { runtimePackages } from "./runtime-packages";

const LOCKED = {
  "node_modules/app": {
    dependencies: { left: "1" },
    optionalDependencies: { native: "1" },
    peerDependencies: { host: "1", extra: "1" },
    peerDependenciesMeta: { extra: { optional: true } },
  },
  "node_modules/app/node_modules/left": { dependencies: { right: "1" } },
  "node_modules/left": {},
  "node_modules/right": { dependencies: { app: "1" } },
  "node_modules/native": {},
  "node_modules/host": {},
  "node_modules/extra": {},
  "node_modules/other": {},
};

it("packages come with what they need, each from where Node finds it, and nothing else", () => {
  expect([...runtimePackages(LOCKED, ["app"])].sort()).toEqual([
    "node_modules/app",
    "node_modules/app/node_modules/left",
    "node_modules/host",
    "node_modules/native",
    "node_modules/right",
  ]);
});

it("what isn't installed on this platform is left out", () => {
  expect(runtimePackages({ "node_modules/a": { optionalDependencies: { "only-elsewhere": "1" } } }, ["a"])).toEqual(
    new Set(["node_modules/a"]),
  );
});
