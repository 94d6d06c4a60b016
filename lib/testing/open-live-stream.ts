export interface LiveEvent {
  readonly name: string;
  readonly data: unknown;
}

export interface OpenLiveStream {
  readonly status: number;
  readonly headers: Headers;
  /** Everything received so far. */
  readonly events: LiveEvent[];
  /** The topics received, each once; "missed" if changes may have been missed. */
  heard(): string[];
  /** Resolves when the server ends it. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Reads the console's event stream as a browser does. */
export async function openLiveStream(origin: string, headers: Record<string, string>): Promise<OpenLiveStream> {
  const abort = new AbortController();
  const response = await fetch(`${origin}/events`, { headers, signal: abort.signal });
  const events: LiveEvent[] = [];
  return {
    status: response.status,
    headers: response.headers,
    events,
    heard: () => [...new Set(events.flatMap(topicsOf))].sort(),
    ended: readEvents(response, events).catch(() => undefined),
    close: () => abort.abort(),
  };
}

async function readEvents(response: Response, events: LiveEvent[]): Promise<void> {
  if (!response.ok || !response.body) return;
  let text = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const name = /^event: (.*)$/m.exec(block)?.[1];
      if (name !== undefined) events.push({ name, data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? "null") as unknown });
    }
  }
}

function topicsOf({ name, data }: LiveEvent): string[] {
  if (name !== "change") return [];
  const { missed, changes } = data as { missed: boolean; changes: { topic: string }[] };
  return [...(missed ? ["missed"] : []), ...changes.map(({ topic }) => topic)];
}
