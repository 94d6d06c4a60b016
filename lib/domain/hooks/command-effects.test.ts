import { describe, expect, it } from "vitest";
import { CODE_IN_COMMANDS } from "@/lib/testing/command-effects/code-in-commands";
import { PATHS_AND_WIPES } from "@/lib/testing/command-effects/paths-and-wipes";
import { PLAIN_COMMANDS } from "@/lib/testing/command-effects/plain-commands";
import { SHELL_WORDS } from "@/lib/testing/command-effects/shell-words";
import { STARTED_PROGRAMS } from "@/lib/testing/command-effects/started-programs";
import { TYPED_COMMANDS } from "@/lib/testing/command-effects/typed-commands";
import type { CallEffects } from "./call-effects";
import { effectsOfCommand } from "./command-effects";

const FOLDER = "/home/ada/shop";
const named = (effects: CallEffects) => Object.entries(effects).flatMap(([name, is]) => (is ? [name] : []));

const COMMANDS = [...PLAIN_COMMANDS, ...STARTED_PROGRAMS, ...CODE_IN_COMMANDS, ...SHELL_WORDS, ...PATHS_AND_WIPES, ...TYPED_COMMANDS];

describe("effectsOfCommand", () => {
  it.each(COMMANDS)("%j", (command, effects) => {
    expect(named(effectsOfCommand(command, FOLDER)).sort()).toEqual([...effects].sort());
  });

  it("reads nested shells only so far", () => {
    const nested = Array.from({ length: 8 }).reduce<string>((inner) => `bash -c ${JSON.stringify(inner)}`, "ls");
    expect(effectsOfCommand(nested, FOLDER).unclear).toBe(true);
  });
});
