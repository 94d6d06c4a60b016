import { isConnectionError } from "@/lib/errors/database-errors";
import type { LiveAudience } from "@/lib/live/get-live-audience";
import { hearLiveChanges, recentLiveChanges } from "@/lib/live/live-changes";
import type { LiveChange } from "@/lib/live/live-topics";
import { logger } from "@/lib/logger";
import { onShutdown } from "./shutdown";

/** How often a stream says that it is alive and its reader is looked at again. Proxies usually wait for 60 seconds. */
const BEAT_MS = 25_000;
/** However much happens, a stream tells of it this often. */
const PAUSE_MS = 400;

/**
 * What one open tab is told: a stream of server-sent events.
 *
 *     change      {"missed": false, "changes": [{"workspaceId": "…", "topic": "runs"}]}   null for what is the reader's own
 *     beat        1
 *     signed-out  1     nothing follows
 *
 * Who reads is looked at again before anything is told, and with every beat: `readAudience` gives null when the session
 * has ended. What cannot be told yet gathers as a set, so that a reader who is slow, or stands still, costs nothing.
 */
export function liveStream(
  readAudience: () => Promise<LiveAudience | null>,
  { hasMissed = false, beatMs = BEAT_MS }: { hasMissed?: boolean; beatMs?: number } = {},
): ReadableStream<Uint8Array> {
  let end: () => void = () => {};
  let onRoom: () => void = () => {};
  return new ReadableStream<Uint8Array>(
    {
      start: async (controller) => {
        const stream = new LiveStream(controller, readAudience, hasMissed);
        end = () => stream.end();
        onRoom = () => stream.onRoom();
        await stream.start(beatMs);
      },
      pull: () => onRoom(),
      cancel: () => end(),
    },
    { highWaterMark: 8 },
  );
}

class LiveStream {
  private readonly encoder = new TextEncoder();
  private readonly waiting = new Map<string, LiveChange>();
  private audience: LiveAudience | null = null;
  private isOver = false;
  private isTelling = false;
  private isBeatDue = false;
  private lastToldAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private beat: NodeJS.Timeout | undefined;
  private stopHearing = () => {};
  private stopWaitingForShutdown = () => {};

  constructor(
    private readonly controller: ReadableStreamDefaultController<Uint8Array>,
    private readonly readAudience: () => Promise<LiveAudience | null>,
    private hasMissed: boolean,
  ) {}

  async start(beatMs: number): Promise<void> {
    this.stopWaitingForShutdown = onShutdown(() => this.end());
    if (this.isOver) return;
    this.write("retry: 1000\n\n");
    this.beat = setInterval(() => {
      this.isBeatDue = true;
      void this.tell();
    }, beatMs);
    this.isBeatDue = true;
    await this.tell();
    if (!this.audience) return;
    const recent = recentLiveChanges();
    this.hasMissed ||= recent === null;
    recent?.forEach((change) => this.keep(change));
    if (this.hasSomething()) this.schedule();
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    clearInterval(this.beat);
    clearTimeout(this.timer);
    this.stopHearing();
    this.stopWaitingForShutdown();
    try {
      this.controller.close();
    } catch {
      // The reader has gone.
    }
  }

  onRoom(): void {
    if (this.hasSomething()) this.schedule();
  }

  private hasSomething(): boolean {
    return this.hasMissed || this.waiting.size > 0;
  }

  private schedule(): void {
    if (this.isOver || this.isTelling || this.timer) return;
    const pauseMs = Math.max(0, this.lastToldAt + PAUSE_MS - Date.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.tell();
    }, pauseMs);
  }

  private async tell(): Promise<void> {
    if (this.isTelling || this.isOver) return;
    this.isTelling = true;
    try {
      const audience = await this.readAudience();
      if (this.isOver) return;
      if (audience) this.tellTo(audience);
      else {
        this.write("event: signed-out\ndata: 1\n\n");
        this.end();
      }
    } catch (error) {
      // The reader connects again, and is refused as long as the database stays away.
      if (!isConnectionError(error)) logger.error({ error }, "a live stream failed");
      this.end();
    } finally {
      this.isTelling = false;
    }
  }

  private tellTo(audience: LiveAudience): void {
    this.hear(audience);
    this.lastToldAt = Date.now();
    if ((this.controller.desiredSize ?? 0) <= 0) return;
    const changes = [...this.waiting.values()].filter((change) => mayHear(audience, change));
    this.waiting.clear();
    if (this.hasMissed || changes.length > 0) {
      const told = changes.map(({ audience: of, topic }) => ({ workspaceId: of === audience.email ? null : of, topic }));
      this.write(`event: change\ndata: ${JSON.stringify({ missed: this.hasMissed, changes: told })}\n\n`);
    }
    this.hasMissed = false;
    if (this.isBeatDue) this.write("event: beat\ndata: 1\n\n");
    this.isBeatDue = false;
  }

  /** A workspace that has come or gone is news of its own. */
  private hear(audience: LiveAudience): void {
    const before = this.audience;
    this.audience = audience;
    if (before && isSame(before, audience)) return;
    if (before) this.hasMissed = true;
    this.stopHearing();
    this.stopHearing = hearLiveChanges([audience.email, ...audience.memberOf, ...audience.askedIn], (change) => {
      if (change === null) this.hasMissed = true;
      else this.keep(change);
      if (this.hasSomething()) this.schedule();
    });
  }

  private keep(change: LiveChange): void {
    if (this.audience && mayHear(this.audience, change)) this.waiting.set(`${change.audience} ${change.topic}`, change);
  }

  private write(text: string): void {
    this.controller.enqueue(this.encoder.encode(text));
  }
}

function mayHear({ email, memberOf, askedIn }: LiveAudience, { audience, topic }: LiveChange): boolean {
  return audience === email || memberOf.has(audience) || (topic === "approvals" && askedIn.has(audience));
}

function isSame(a: LiveAudience, b: LiveAudience): boolean {
  const key = ({ email, memberOf, askedIn }: LiveAudience) => [email, [...memberOf].sort().join(), [...askedIn].sort().join()].join(" ");
  return key(a) === key(b);
}
