import { isConnectionError } from "@/lib/errors/database-errors";
import type { LiveAudience } from "@/lib/live/get-live-audience";
import { hearLiveChanges, recentLiveChanges } from "@/lib/live/live-changes";
import type { LiveChange } from "@/lib/live/live-topics";
import { logger } from "@/lib/logger";
import { type LiveNews, LiveStream } from "./live-stream";
import { onShutdown } from "./shutdown";
import { takeTurn } from "./take-turn";

/** How often a stream says that it is alive and its reader is looked at again. Proxies usually wait for 60 seconds. */
const BEAT_MS = 25_000;
/** However much happens, a session's streams tell of it this often. */
const PAUSE_MS = 400;
/** More tabs than anybody looks at at once. The oldest ends, and comes back when somebody looks at it. */
export const STREAMS_PER_SESSION = 10;
export const STREAMS_PER_PROCESS = 2000;

type ReadAudience = () => Promise<LiveAudience | null>;

const sessions = new Map<string, LiveSession>();
let streamCount = 0;

/**
 * A stream for one more tab of a session; null when this process has as many as it bears. `readAudience` says who reads, and gives
 * null when the session has ended.
 */
export function openLiveStream(
  sessionId: string,
  readAudience: ReadAudience,
  { hasMissed = false, beatMs = BEAT_MS }: { hasMissed?: boolean; beatMs?: number } = {},
): ReadableStream<Uint8Array> | null {
  const known = sessions.get(sessionId);
  if (streamCount >= STREAMS_PER_PROCESS && !known?.isFull()) return null;
  const session = known ?? new LiveSession(readAudience, beatMs, () => sessions.delete(sessionId));
  if (!session.isOver) sessions.set(sessionId, session);
  return session.open(hasMissed);
}

/**
 * All open tabs of one session. Who reads is looked at again before anything is told, and with every beat, once for all of them:
 * what that costs does not grow with their number, and takes its turn (`takeTurn`).
 */
class LiveSession {
  isOver = false;
  private readonly streams = new Set<LiveStream>();
  private audience: LiveAudience | null = null;
  private isTelling = false;
  private isAskedAgain = false;
  private lastToldAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly beat: NodeJS.Timeout;
  private stopHearing = () => {};
  private stopWaitingForShutdown = () => {};

  constructor(
    private readonly readAudience: ReadAudience,
    beatMs: number,
    private readonly onEnd: () => void,
  ) {
    this.beat = setInterval(() => {
      for (const stream of this.streams) stream.isBeatDue = true;
      void this.tell();
    }, beatMs);
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
    const stream = new LiveStream(hasMissed, { onRoom: () => this.schedule(), onLeave: (one) => this.leave(one) });
    if (this.isOver) stream.end();
    else {
      this.streams.add(stream);
      streamCount += 1;
      void this.tell();
    }
    return stream.body;
  }

  private leave(stream: LiveStream): void {
    if (!this.streams.delete(stream)) return;
    streamCount -= 1;
    if (this.streams.size === 0) this.end();
  }

  private end(last: (stream: LiveStream) => void = (stream) => stream.end()): void {
    if (this.isOver) return;
    this.isOver = true;
    clearInterval(this.beat);
    clearTimeout(this.timer);
    this.stopHearing();
    this.stopWaitingForShutdown();
    this.onEnd();
    streamCount -= this.streams.size;
    for (const stream of this.streams) last(stream);
    this.streams.clear();
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
    if (this.isOver) return;
    // A look that has begun says nothing of what came after it.
    if (this.isTelling) return void (this.isAskedAgain = true);
    [this.isTelling, this.isAskedAgain] = [true, false];
    try {
      const news = await takeTurn(async () => {
        const taken = [...this.streams].flatMap((stream) => {
          const waiting = stream.take();
          return waiting ? [[stream, waiting] as const] : [];
        });
        return { taken, audience: await this.readAudience() };
      });
      if (this.isOver) return;
      if (news.audience) this.tellTo(news.audience, news.taken);
      else this.end((stream) => stream.signOut());
    } catch (error) {
      // The reader connects again, and is refused as long as the database stays away.
      if (!isConnectionError(error)) logger.error({ error }, "a live stream failed");
      this.end();
    } finally {
      this.isTelling = false;
    }
    if (this.isAskedAgain) await this.tell();
    else if ([...this.streams].some((stream) => stream.hasSomething())) this.schedule();
  }

  private tellTo(audience: LiveAudience, taken: readonly (readonly [LiveStream, LiveNews])[]): void {
    this.hear(audience);
    this.lastToldAt = Date.now();
    for (const [stream, news] of taken) {
      stream.tell({ ...news, changes: news.changes.filter((change) => mayHear(audience, change)) }, audience);
      if (stream.isNew) this.catchUp(stream, audience);
    }
  }

  /** From now on it hears of everything; what was announced just before may be news to its page. */
  private catchUp(stream: LiveStream, audience: LiveAudience): void {
    stream.isNew = false;
    const recent = recentLiveChanges();
    if (recent === null) stream.miss();
    else for (const change of recent) if (mayHear(audience, change)) stream.keep(change);
  }

  /** A workspace that has come or gone is news of its own. */
  private hear(audience: LiveAudience): void {
    const before = this.audience;
    this.audience = audience;
    if (before && isSame(before, audience)) return;
    if (before) for (const stream of this.streams) stream.miss();
    this.stopHearing();
    this.stopHearing = hearLiveChanges([audience.email, ...audience.memberOf, ...audience.askedIn], (change) => {
      for (const stream of this.streams) {
        if (change === null) stream.miss();
        else if (this.audience && mayHear(this.audience, change)) stream.keep(change);
      }
      if ([...this.streams].some((stream) => stream.hasSomething())) this.schedule();
    });
  }
}

function mayHear({ email, memberOf, askedIn }: LiveAudience, { audience, topic }: LiveChange): boolean {
  return audience === email || memberOf.has(audience) || (topic === "approvals" && askedIn.has(audience));
}

function isSame(a: LiveAudience, b: LiveAudience): boolean {
  const key = ({ email, memberOf, askedIn }: LiveAudience) => [email, [...memberOf].sort().join(), [...askedIn].sort().join()].join(" ");
  return key(a) === key(b);
}
