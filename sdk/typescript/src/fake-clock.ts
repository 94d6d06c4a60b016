export interface Duration {
  readonly seconds?: number;
  readonly minutes?: number;
  readonly hours?: number;
  readonly days?: number;
}

/** A clock that only moves when a test turns it, or a client of the fake waits: waiting takes no time. */
export class FakeClock {
  #now: number;

  constructor(now: Date = new Date("2026-01-01T00:00:00Z")) {
    this.#now = now.getTime();
  }

  get now(): Date {
    return new Date(this.#now);
  }

  advance({ seconds = 0, minutes = 0, hours = 0, days = 0 }: Duration): void {
    const passed = seconds + 60 * (minutes + 60 * (hours + 24 * days));
    if (!(passed >= 0)) throw new RangeError("the clock never goes back");
    this.#now += passed * 1000;
  }

  /** The time in so many seconds, as the console writes it. Such times are in order when their texts are. */
  in(seconds: number): string {
    return later(this.now.toISOString(), seconds);
  }
}

export function later(time: string, seconds: number): string {
  return new Date(Date.parse(time) + seconds * 1000).toISOString();
}
