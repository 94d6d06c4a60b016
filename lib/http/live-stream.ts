import type { LiveAudience } from "@/lib/live/get-live-audience";
import type { LiveChange } from "@/lib/live/live-topics";

/**
 * What one open tab is told: a stream of server-sent events.
 *
 *     change      {"missed": false, "changes": [{"workspaceId": "…", "topic": "runs"}]}   null for what is the reader's own
 *     beat        1
 *     signed-out  1     nothing follows
 *
 * When it is told is its session's to say. What cannot be told yet gathers as a set, so that a reader who is slow, or stands still,
 * costs nothing.
 */
export class LiveStream {
  readonly body: ReadableStream<Uint8Array>;
  /** It has not been told anything, and may have missed what was announced while its page was made. */
  isNew = true;
  isBeatDue = true;
  private readonly encoder = new TextEncoder();
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  private waiting = new Map<string, LiveChange>();
  private isOver = false;

  constructor(
    private hasMissed: boolean,
    { onRoom, onLeave }: { onRoom: () => void; onLeave: (stream: LiveStream) => void },
  ) {
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.controller = controller;
          this.write("retry: 1000\n\n");
        },
        pull: () => {
          if (this.hasSomething()) onRoom();
        },
        cancel: () => {
          this.isOver = true;
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

  /** What it is to be told, if it has room: whoever takes it looks at the reader again before telling. */
  take(): LiveNews | null {
    if ((this.controller?.desiredSize ?? 0) <= 0) return null;
    const news = { hasMissed: this.hasMissed, changes: [...this.waiting.values()], isBeat: this.isBeatDue };
    this.hasMissed = false;
    this.isBeatDue = false;
    this.waiting = new Map();
    return news;
  }

  tell({ hasMissed, changes, isBeat }: LiveNews, { email }: LiveAudience): void {
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
    if (this.isOver) return;
    this.isOver = true;
    try {
      this.controller?.close();
    } catch {
      // The reader has gone.
    }
  }

  private write(text: string): void {
    if (!this.isOver) this.controller?.enqueue(this.encoder.encode(text));
  }
}

export interface LiveNews {
  readonly hasMissed: boolean;
  readonly changes: readonly LiveChange[];
  readonly isBeat: boolean;
}
