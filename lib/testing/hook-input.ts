import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type HookRequest, hookRequestSchema } from "@/lib/contract/hook";

/** An input as agents document it, such as `claude-code/pre-tool-use.bash`, with some members changed. */
export function hookInput(name: string, changes: Partial<HookRequest> = {}): HookRequest {
  const text = readFileSync(join(import.meta.dirname, "hook-inputs", `${name}.json`), "utf8");
  return hookRequestSchema.parse({ ...(JSON.parse(text) as object), ...changes });
}
