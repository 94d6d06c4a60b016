import type { LiveTopic } from "@/lib/live/live-topics";
import { inConsole } from "@/lib/net/base-path";

/** `workspaceId` is null for changes that concern only the reader; `topic` is null when anything may have changed. */
export interface LiveNews {
  readonly workspaceId: string | null;
  readonly topic: LiveTopic | null;
}

export interface LiveStatus {
  readonly state: "opening" | "live" | "away";
  /** When this tab was last known to be up to date; null before the first time. */
  readonly heardAt: number | null;
}

const PATH = "/events";
/** The stream sends a heartbeat every 25 seconds. */
const HEARTBEAT_TIMEOUT_MS = 60_000;
/** Browsers limit the connections to one server, and a hidden tab needs none. */
const CLOSE_HIDDEN_AFTER_MS = 60_000;
const CLOSE_UNUSED_AFTER_MS = 5_000;
const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 20_000];
/** Replay changes this recent to new listeners: their page may have rendered just before they subscribed. */
const REPLAY_WINDOW_MS = 3_000;

interface ChangeMessage {
  missed: boolean;
  changes: { workspaceId: string | null; topic: LiveTopic }[];
}

type Listener = (news: readonly LiveNews[]) => void;

/** This tab's only stream, open while something on the page is subscribed. */
class LiveConnection {
  private readonly listeners = new Set<Listener>();
  private readonly statusListeners = new Set<() => void>();
  private status: LiveStatus = { state: "opening", heardAt: null };
  private source: EventSource | null = null;
  private recent: { at: number; news: LiveNews }[] = [];
  private wasOpen = false;
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private isWatching = false;

  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    clearTimeout(this.rest);
    this.watch();
    this.open();
    const since = Date.now() - REPLAY_WINDOW_MS;
    const news = this.recent.filter(({ at }) => at >= since).map((one) => one.news);
    if (news.length > 0) listener(news);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.rest = setTimeout(() => this.close(), CLOSE_UNUSED_AFTER_MS);
    };
  }

  readonly subscribeToStatus = (onChange: () => void): (() => void) => {
    this.statusListeners.add(onChange);
    return () => void this.statusListeners.delete(onChange);
  };

  readonly getStatus = (): LiveStatus => this.status;

  private watch(): void {
    if (this.isWatching) return;
    this.isWatching = true;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(this.rest);
      if (document.hidden) this.rest = setTimeout(() => this.close(), CLOSE_HIDDEN_AFTER_MS);
      else this.openSoon(0);
    });
    window.addEventListener("online", () => this.openSoon(0));
    // A page in the back/forward cache must not hold a connection, and has missed changes in the meantime.
    window.addEventListener("pagehide", () => this.close());
    window.addEventListener("pageshow", ({ persisted }) => (persisted ? this.openSoon(0) : undefined));
  }

  private open(): void {
    if (this.source || this.listeners.size === 0) return;
    clearTimeout(this.retry);
    const source = new EventSource(inConsole(PATH));
    this.source = source;
    source.addEventListener("beat", () => this.onBeat());
    source.addEventListener("change", ({ data }) => this.onChange(JSON.parse(String(data)) as ChangeMessage));
    source.addEventListener("signed-out", () => this.onSignedOut());
    source.addEventListener("error", () => this.lose());
    this.expectBeat();
  }

  private onBeat(): void {
    const isAgain = this.wasOpen && this.status.state !== "live";
    this.wasOpen = true;
    this.failures = 0;
    this.expectBeat();
    this.setStatus({ state: "live", heardAt: Date.now() });
    if (isAgain) this.notify([{ workspaceId: null, topic: null }]);
  }

  private onChange({ missed, changes }: ChangeMessage): void {
    this.expectBeat();
    this.setStatus({ state: "live", heardAt: Date.now() });
    this.notify(missed ? [{ workspaceId: null, topic: null }] : changes);
  }

  /** The next refresh leads to the sign-in page. */
  private onSignedOut(): void {
    this.drop();
    this.setStatus({ ...this.status, state: "away" });
    this.notify([{ workspaceId: null, topic: null }]);
  }

  /** EventSource stops permanently when it is rejected, so retries are done here. */
  private lose(): void {
    this.drop();
    this.setStatus({ ...this.status, state: "away" });
    const delay = RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)] ?? 0;
    // Jitter, so that not all tabs reconnect at the same time when a server is back.
    this.openSoon(delay * (0.75 + Math.random() / 2));
  }

  private openSoon(delayMs: number): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.open(), delayMs);
  }

  private expectBeat(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lose(), HEARTBEAT_TIMEOUT_MS);
  }

  private close(): void {
    this.drop();
    this.setStatus({ ...this.status, state: this.wasOpen ? "away" : "opening" });
  }

  private drop(): void {
    this.source?.close();
    this.source = null;
    clearTimeout(this.retry);
    clearTimeout(this.silence);
  }

  private notify(news: readonly LiveNews[]): void {
    const at = Date.now();
    this.recent = [...this.recent.filter((one) => one.at >= at - REPLAY_WINDOW_MS), ...news.map((one) => ({ at, news: one }))];
    for (const listener of [...this.listeners]) listener(news);
  }

  private setStatus(status: LiveStatus): void {
    this.status = status;
    for (const onChange of this.statusListeners) onChange();
  }
}

export const liveConnection = new LiveConnection();
