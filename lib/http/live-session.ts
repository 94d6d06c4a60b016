import { isConnectionError } from "@/lib/errors/database-errors";
import type { LiveAudience } from "@/lib/live/get-live-audience";
import { recentLiveChanges, subscribeToLiveChanges } from "@/lib/live/live-changes";
import type { LiveChange } from "@/lib/live/live-topics";
import { logger } from "@/lib/logger";
import { type LiveNews, LiveStream } from "./live-stream";
import { onShutdown } from "./shutdown";
import { takeTurn } from "./take-turn";

/** Heartbeat interval. Each heartbeat rechecks the reader's access. Most proxies drop idle connections after 60 s. */
const HEARTBEAT_MS = 25_000;
/** Minimum time between flushes of one session's streams. */
const MIN_FLUSH_INTERVAL_MS = 400;
/** More tabs than anyone looks at. The oldest stream is closed, and reconnects when its tab becomes visible. */
export const STREAMS_PER_SESSION = 10;
export const STREAMS_PER_PROCESS = 2000;

type ReadAudience = () => Promise<LiveAudience | null>;

const sessions = new Map<string, LiveSession>();
let streamCount = 0;

/**
 * Opens a stream for another tab of a session. Returns null at the limit of this process. `readAudience` returns the reader's
 * audiences, or null when the session has ended.
 */
export function openLiveStream(
  sessionId: string,
  readAudience: ReadAudience,
  { hasMissed = false, heartbeatMs = HEARTBEAT_MS }: { hasMissed?: boolean; heartbeatMs?: number } = {},
): ReadableStream<Uint8Array> | null {
  const known = sessions.get(sessionId);
  if (streamCount >= STREAMS_PER_PROCESS && !known?.isFull()) return null;
  const session = known ?? new LiveSession(readAudience, heartbeatMs, () => sessions.delete(sessionId));
  if (!session.isClosed) sessions.set(sessionId, session);
  return session.open(hasMissed);
}

/**
 * All open tabs of one session. The reader's access is checked before every flush and with every heartbeat, once for all tabs,
 * so its cost doesn't grow with their number. It waits its turn (`takeTurn`).
 */
class LiveSession {
  isClosed = false;
  private readonly streams = new Set<LiveStream>();
  private audience: LiveAudience | null = null;
  private isFlushing = false;
  private isFlushRequested = false;
  private lastFlushedAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly beat: NodeJS.Timeout;
  private unsubscribe = () => {};
  private stopWaitingForShutdown = () => {};

  constructor(
    private readonly readAudience: ReadAudience,
    heartbeatMs: number,
    private readonly onEnd: () => void,
  ) {
    this.beat = setInterval(() => {
      for (const stream of this.streams) stream.isHeartbeatDue = true;
      void this.flush();
    }, heartbeatMs);
    this.stopWaitingForShutdown = onShutdown(() => this.end());
  }

  isFull(): boolean {
    return this.streams.size >= STREAMS_PER_SESSION;
  }

  open(hasMissed: boolean): ReadableStream<Uint8Array> {
    const [oldest] = this.streams;
    if (this.isFull() && oldest) {
      this.leave(oldest);
      oldest.end();
    }
    const stream = new LiveStream(hasMissed, { onDrain: () => this.schedule(), onLeave: (one) => this.leave(one) });
    if (this.isClosed) stream.end();
    else {
      this.streams.add(stream);
      streamCount += 1;
      void this.flush();
    }
    return stream.body;
  }

  private leave(stream: LiveStream): void {
    if (!this.streams.delete(stream)) return;
    streamCount -= 1;
    if (this.streams.size === 0) this.end();
  }

  private end(last: (stream: LiveStream) => void = (stream) => stream.end()): void {
    if (this.isClosed) return;
    this.isClosed = true;
    clearInterval(this.beat);
    clearTimeout(this.timer);
    this.unsubscribe();
    this.stopWaitingForShutdown();
    this.onEnd();
    streamCount -= this.streams.size;
    for (const stream of this.streams) last(stream);
    this.streams.clear();
  }

  private schedule(): void {
    if (this.isClosed || this.isFlushing || this.timer) return;
    const pauseMs = Math.max(0, this.lastFlushedAt + MIN_FLUSH_INTERVAL_MS - Date.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, pauseMs);
  }

  private async flush(): Promise<void> {
    if (this.isClosed) return;
    // A flush in progress doesn't include later changes.
    if (this.isFlushing) return void (this.isFlushRequested = true);
    [this.isFlushing, this.isFlushRequested] = [true, false];
    try {
      const news = await takeTurn(async () => {
        const taken = [...this.streams].flatMap((stream) => {
          const waiting = stream.take();
          return waiting ? [[stream, waiting] as const] : [];
        });
        return { taken, audience: await this.readAudience() };
      });
      if (this.isClosed) return;
      if (news.audience) this.writeChanges(news.audience, news.taken);
      else this.end((stream) => stream.signOut());
    } catch (error) {
      // The reader reconnects, and is rejected while the database is unavailable.
      if (!isConnectionError(error)) logger.error({ error }, "a live stream failed");
      this.end();
    } finally {
      this.isFlushing = false;
    }
    if (this.isFlushRequested) await this.flush();
    else if ([...this.streams].some((stream) => stream.hasSomething())) this.schedule();
  }

  private writeChanges(audience: LiveAudience, taken: readonly (readonly [LiveStream, LiveNews])[]): void {
    this.setAudience(audience);
    this.lastFlushedAt = Date.now();
    for (const [stream, news] of taken) {
      stream.flush({ ...news, changes: news.changes.filter((change) => maySee(audience, change)) }, audience);
      if (stream.isNew) this.catchUp(stream, audience);
    }
  }

  /** Replays changes from just before it subscribed: its page may have been rendered without them. */
  private catchUp(stream: LiveStream, audience: LiveAudience): void {
    stream.isNew = false;
    const recent = recentLiveChanges();
    if (recent === null) stream.miss();
    else for (const change of recent) if (maySee(audience, change)) stream.keep(change);
  }

  /** Joining or leaving a workspace changes every page. */
  private setAudience(audience: LiveAudience): void {
    const before = this.audience;
    this.audience = audience;
    if (before && isSame(before, audience)) return;
    if (before) for (const stream of this.streams) stream.miss();
    this.unsubscribe();
    this.unsubscribe = subscribeToLiveChanges([audience.email, ...audience.memberOf, ...audience.askedIn], (change) => {
      for (const stream of this.streams) {
        if (change === null) stream.miss();
        else if (this.audience && maySee(this.audience, change)) stream.keep(change);
      }
      if ([...this.streams].some((stream) => stream.hasSomething())) this.schedule();
    });
  }
}

function maySee({ email, memberOf, askedIn }: LiveAudience, { audience, topic }: LiveChange): boolean {
  return audience === email || memberOf.has(audience) || (topic === "approvals" && askedIn.has(audience));
}

function isSame(a: LiveAudience, b: LiveAudience): boolean {
  const key = ({ email, memberOf, askedIn }: LiveAudience) => [email, [...memberOf].sort().join(), [...askedIn].sort().join()].join(" ");
  return key(a) === key(b);
}
