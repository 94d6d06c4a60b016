import { type Members, membersOf } from "./messages";
import { type ToolDefinition, toolDefinition } from "./tool-definitions";

/** A server that doesn't say when its tools change is asked again after so long. */
const FRESH_MILLISECONDS = 60_000;
/** More than any server has; one that never ends its list isn't listened to forever. */
const MAX_PAGES = 100;

type Ask = (method: string, params: Members) => Promise<Members>;

/** What the server offers, by its own list of tools. */
export class ListedTools {
  readonly #ask: Ask;
  readonly #onList: (tools: ReadonlyMap<string, ToolDefinition>) => Promise<void>;
  /** null until they were listed. */
  #tools: ReadonlyMap<string, ToolDefinition> | null = null;
  #listedAt = Number.NEGATIVE_INFINITY;
  #listing: Promise<void> | null = null;
  /** Counts what the server said about changes: a list that began before is old. */
  #changes = 0;

  constructor(ask: Ask, onList: (tools: ReadonlyMap<string, ToolDefinition>) => Promise<void>) {
    this.#ask = ask;
    this.#onList = onList;
  }

  /** The server said that its tools changed. */
  outdate(): void {
    this.#changes += 1;
    this.#listedAt = Number.NEGATIVE_INFINITY;
    this.#listing = null;
  }

  /** What the client was shown, which may be newer than what the gateway was. */
  seen(tools: unknown): void {
    if (this.#tools === null) return;
    const known = this.#tools;
    const changed = (Array.isArray(tools) ? tools : [])
      .map(toolDefinition)
      .some((tool) => tool && known.get(tool.name)?.sha256 !== tool.sha256);
    if (changed) this.outdate();
  }

  /** The tool as it is defined now; null if there is none. `envelope` is what the server wants in every request. */
  async get(name: string, envelope: Members): Promise<ToolDefinition | null> {
    await this.refresh(envelope);
    return this.#tools?.get(name) ?? null;
  }

  async refresh(envelope: Members): Promise<void> {
    if (performance.now() - this.#listedAt < FRESH_MILLISECONDS) return;
    const listing = this.#listing ?? this.#list(envelope);
    this.#listing = listing;
    try {
      await listing;
    } finally {
      if (this.#listing === listing) this.#listing = null;
    }
  }

  async #list(envelope: Members): Promise<void> {
    const [startedAt, changes] = [performance.now(), this.#changes];
    const found = new Map<string, ToolDefinition>();
    let cursor: unknown;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const params = { ...(cursor !== undefined && { cursor }), ...(Object.keys(envelope).length > 0 && { _meta: envelope }) };
      const { tools, nextCursor } = membersOf(await this.#ask("tools/list", params));
      for (const tool of Array.isArray(tools) ? tools.map(toolDefinition) : []) {
        if (tool) found.set(tool.name, withEarlier(tool, found.get(tool.name)));
      }
      if (nextCursor === undefined || nextCursor === null) break;
      cursor = nextCursor;
    }
    this.#tools = found;
    if (changes === this.#changes) this.#listedAt = startedAt;
    await this.#onList(found);
  }
}

/** A name that is listed twice is a tool of its own: nobody can know which of the two is called. */
function withEarlier(tool: ToolDefinition, earlier: ToolDefinition | undefined): ToolDefinition {
  if (earlier === undefined || earlier.sha256 === tool.sha256) return tool;
  return toolDefinition({ name: tool.name, description: JSON.stringify([earlier.text, tool.text]) }) ?? tool;
}
