import { z } from "zod";
import type { JsonValue } from "@/lib/domain/json-value";
import { isActionName } from "@/lib/domain/policy/action-names";

/** An action that calls of MCP tools are proposed as. */
export interface ToolAction {
  readonly name: string;
  readonly tools: readonly string[];
  /** The server says so of all of them. */
  readonly saysReadOnly: boolean;
}

const acceptedTools = z.looseObject({
  server: z.string(),
  tools: z.array(z.looseObject({ tool: z.string(), action: z.string().refine(isActionName), says_read_only: z.boolean().default(false) })),
});

/** The actions of the tools that an MCP gateway asks people to accept, as its payload names them. None for any other payload. */
export function toolActionsIn(payload: JsonValue): ToolAction[] {
  const { data } = acceptedTools.safeParse(payload);
  const byName = new Map<string, ToolAction>();
  for (const { action: name, tool, says_read_only: saysReadOnly } of data?.tools ?? []) {
    const known = byName.get(name);
    byName.set(name, { name, tools: [...(known?.tools ?? []), tool], saysReadOnly: saysReadOnly && known?.saysReadOnly !== false });
  }
  return [...byName.values()];
}
