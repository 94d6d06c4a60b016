import { v7 as uuidv7 } from "uuid";
import type { SeededRandom } from "./seeded-random";

/** Ids that sort by time, and everything else that must be unguessable or unique. */
export interface SeedIds {
  at(time: Date): string;
  bytes(count: number): Buffer;
}

export function seedIds(random: SeededRandom): SeedIds {
  return { at: (time) => uuidv7({ msecs: time.getTime(), random: random.bytes(16) }), bytes: random.bytes };
}
