import type { LiveAudience } from "@/lib/live/get-live-audience";
import type { LiveChange } from "@/lib/live/live-topics";

/**
 * One open tab's stream of server-sent events.
 *
 *     change      {"missed": false, "changes": [{"workspaceId": "…", "topic": "runs"}]}   null for what is the reader's own
 *     beat        1
 *     signed-out  1     nothing follows
 *
 * Its session decides when to flush. Until then changes are collected in a set, so that a slow or stalled reader costs nothing.
 */
export class LiveStream {
  readonly body: ReadableStream<Uint8Array>;
  /** Nothing was flushed yet, and changes may have been missed while its page was rendered. */
  isNew = true;
  isHeartbeatDue = true;
  private readonly encoder = new TextEncoder();
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  private waiting = new Map<string, LiveChange>();
  private isClosed = false;

  constructor(
    private hasMissed: boolean,
    { onDrain, onLeave }: { onDrain: () => void; onLeave: (stream: LiveStream) => void },
  ) {
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.controller = controller;
          this.write("retry: 1000\n\n");
        },
        pull: () => {
          if (this.hasSomething()) onDrain();
        },
        cancel: () => {
          this.isClosed = true;
          onLeave(this);
        },
      },
      { highWaterMark: 8 },
    );
  }

  keep(change: LiveChange): void {
    this.waiting.set(`${change.audience} ${change.topic}`, change);
  }

  miss(): void {
    this.hasMissed = true;
  }

  hasSomething(): boolean {
    return this.hasMissed || this.waiting.size > 0;
  }

  /** Returns what to flush, or null if its buffer is full. The caller rechecks the reader's access before flushing. */
  take(): LiveNews | null {
    if ((this.controller?.desiredSize ?? 0) <= 0) return null;
    const news = { hasMissed: this.hasMissed, changes: [...this.waiting.values()], isBeat: this.isHeartbeatDue };
    this.hasMissed = false;
    this.isHeartbeatDue = false;
    this.waiting = new Map();
    return news;
  }

  flush({ hasMissed, changes, isBeat }: LiveNews, { email }: LiveAudience): void {
    if (hasMissed || changes.length > 0) {
      const told = changes.map(({ audience, topic }) => ({ workspaceId: audience === email ? null : audience, topic }));
      this.write(`event: change\ndata: ${JSON.stringify({ missed: hasMissed, changes: told })}\n\n`);
    }
    if (isBeat) this.write("event: beat\ndata: 1\n\n");
  }

  signOut(): void {
    this.write("event: signed-out\ndata: 1\n\n");
    this.end();
  }

  end(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    try {
      this.controller?.close();
    } catch {
      // The reader disconnected.
    }
  }

  private write(text: string): void {
    if (!this.isClosed) this.controller?.enqueue(this.encoder.encode(text));
  }
}

export interface LiveNews {
  readonly hasMissed: boolean;
  readonly changes: readonly LiveChange[];
  readonly isBeat: boolean;
}
