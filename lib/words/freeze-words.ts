import type { FreezeScope } from "@/lib/domain/runs/freeze-scope";

export interface FrozenThing {
  readonly scope: FreezeScope;
  /** The workspace's name, the action's title or name, or the key's name; null for the whole console. */
  readonly name: string | null;
}

/** "The API key Billing agent". */
export function frozenThing({ scope, name }: FrozenThing): string {
  if (scope === "console") return "The whole console";
  if (scope === "workspace") return name === null ? "This workspace" : `The workspace ${name}`;
  return `The ${scope === "action" ? "action" : "API key"} ${name ?? ""}`.trim();
}

/** The same within a sentence. */
export function frozenThingWithin(thing: FrozenThing): string {
  const text = frozenThing(thing);
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
