import { describe, expect, it } from "vitest";
import type { CallEffects } from "./call-effects";
import { effectsOfPaths } from "./path-effects";

const named = (effects: CallEffects) => Object.entries(effects).flatMap(([name, is]) => (is ? [name] : []));
const POSIX = "/home/ada/shop";
const WINDOWS = "C:\\Users\\ada\\shop";

describe("effectsOfPaths", () => {
  it.each<readonly [string, string | null, readonly (keyof CallEffects)[]]>([
    ["src/a.ts", POSIX, []],
    ["/home/ada/shop", POSIX, []],
    ["/home/ada/shop/../shop/a.ts", POSIX, []],
    ["/home/ada/shop-other/a.ts", POSIX, ["outside_project"]],
    ["src/../../a.ts", POSIX, ["outside_project"]],
    ["~/a.ts", POSIX, ["outside_project"]],
    ["/tmp/a.ts", POSIX, []],
    ["/tmp/../etc/a", POSIX, ["outside_project"]],
    ["a.ts", "/", []],
    ["src/a.ts", null, []],
    ["src/../../a.ts", null, ["outside_project"]],
    ["/etc/a", null, ["outside_project"]],
    ["C:\\a.ts", null, ["outside_project"]],
    ["C:\\a.ts", POSIX, ["outside_project"]],
    ["src\\a.ts", WINDOWS, []],
    ["c:\\users\\ADA\\shop\\src\\a.ts", WINDOWS, []],
    ["C:/Users/ada/shop/a.ts", WINDOWS, []],
    ["/c/Users/ada/shop/a.ts", WINDOWS, []],
    ["C:\\Users\\ada\\shop-other\\a.ts", WINDOWS, ["outside_project"]],
    ["..\\other\\a.ts", WINDOWS, ["outside_project"]],
    ["D:\\shop\\a.ts", WINDOWS, ["outside_project"]],
    ["\\\\server\\share\\a.ts", WINDOWS, ["outside_project"]],
    ["C:\\Users\\ada\\.ssh\\id_ed25519", WINDOWS, ["outside_project", "secrets"]],
    [".claude\\settings.json", WINDOWS, ["agent_settings"]],
    [".claude/./settings.local.json", POSIX, ["agent_settings"]],
    ["src/../.claude//hooks/a.sh", POSIX, ["agent_settings"]],
    [".Claude/Settings.json", POSIX, ["agent_settings"]],
    ["settings.json", `${POSIX}/.claude`, ["agent_settings"]],
    [".claude/commands/a.md", POSIX, []],
    [".env", POSIX, ["secrets"]],
    ["config/.ENV.production", POSIX, ["secrets"]],
    [".env.example", POSIX, []],
    [".ssh/known_hosts", POSIX, []],
    ["src/[id]/page.tsx", POSIX, []],
    ["/dev/sda", POSIX, ["outside_project", "wipes"]],
  ])("%j from %j", (path, folder, effects) => {
    expect(named(effectsOfPaths([path], folder)).sort()).toEqual([...effects].sort());
  });
});
