import { type Members, membersOf } from "./messages";
import { type ToolDefinition, toolDefinition } from "./tool-definitions";

/** A server that doesn't say when its tools change is asked again after so long. */
const FRESH_MILLISECONDS = 60_000;
/** A list is read again if the server says meanwhile that it changed. */
const MAX_LISTINGS = 5;
/** More than any server has; one that never ends its list isn't listened to forever. */
const MAX_PAGES = 100;

type OnList = (tools: ReadonlyMap<string, ToolDefinition>, shown: readonly ToolDefinition[]) => Promise<void>;
type Ask = (method: string, params: Members) => Promise<Members>;

/** What the server offers, by the gateway's own list of tools, and what it showed the client in the client's list. */
export class ListedTools {
  readonly #ask: Ask;
  readonly #onList: OnList;
  /** null until they were listed. */
  #tools: ReadonlyMap<string, ToolDefinition> | null = null;
  #listedAt = Number.NEGATIVE_INFINITY;
  #listing: Promise<boolean> | null = null;
  /** Counts what the server said about changes: a list that began before is old. */
  #changes = 0;

  /** What the model reads. A server may describe a tool otherwise to the gateway. */
  #shown: ToolDefinition[] = [];

  constructor(ask: Ask, onList: OnList) {
    this.#ask = ask;
    this.#onList = onList;
  }

  /** The server said that its tools changed. */
  outdate(): void {
    this.#changes += 1;
    this.#listedAt = Number.NEGATIVE_INFINITY;
    this.#listing = null;
  }

  /** A page of what the client was shown, which may be newer than what the gateway was. */
  seen(tools: unknown, isFirstPage: boolean): void {
    if (isFirstPage) this.#shown = [];
    for (const tool of (Array.isArray(tools) ? tools : []).map(toolDefinition)) {
      if (tool === null) continue;
      this.#shown.push(tool);
      if (this.#tools !== null && this.#tools.get(tool.name)?.sha256 !== tool.sha256) this.outdate();
    }
  }

  /**
   * The tool as it is defined now, and each other definition that the client was shown; nothing if there is none now. `envelope` is what the
   * server wants in every request.
   */
  async get(name: string, envelope: Members): Promise<readonly ToolDefinition[]> {
    await this.refresh(envelope);
    const tool = this.#tools?.get(name);
    return tool ? [tool, ...this.#shown.filter((shown) => shown.name === name && shown.sha256 !== tool.sha256)] : [];
  }

  async refresh(envelope: Members): Promise<void> {
    for (let count = 0; count < MAX_LISTINGS; count += 1) {
      if (performance.now() - this.#listedAt < FRESH_MILLISECONDS) return;
      const listing = this.#listing ?? this.#list(envelope);
      this.#listing = listing;
      try {
        if (await listing) return;
      } finally {
        if (this.#listing === listing) this.#listing = null;
      }
    }
    throw new Error("they change while they are listed");
  }

  /** False if they changed meanwhile. */
  async #list(envelope: Members): Promise<boolean> {
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
    if (changes !== this.#changes) return false;
    this.#tools = found;
    this.#listedAt = startedAt;
    await this.#onList(found, this.#shown);
    return true;
  }
}

/** A name that is listed twice is a tool of its own: nobody can know which of the two is called. */
function withEarlier(tool: ToolDefinition, earlier: ToolDefinition | undefined): ToolDefinition {
  if (earlier === undefined || earlier.sha256 === tool.sha256) return tool;
  return toolDefinition({ name: tool.name, description: JSON.stringify([earlier.text, tool.text]) }) ?? tool;
}
