import { createCipheriv, createHash } from "node:crypto";

/** Choices that the seed alone determines. */
export interface SeededRandom {
  bytes(count: number): Buffer;
  /** From 0 up to, but not including, 1. */
  fraction(): number;
  /** Both ends included. */
  integer(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  weighted<T>(items: readonly (readonly [weight: number, item: T])[]): T;
}

const BLOCK = Buffer.alloc(65_536);

/** The keystream of AES-256 in counter mode: the same bytes on every machine and in every version. */
export function seededRandom(seed: string): SeededRandom {
  const cipher = createCipheriv("aes-256-ctr", createHash("sha256").update(seed).digest(), Buffer.alloc(16));
  let block = cipher.update(BLOCK);
  let used = 0;

  function bytes(count: number): Buffer {
    if (used + count > block.length) {
      block = cipher.update(BLOCK);
      used = 0;
    }
    used += count;
    return block.subarray(used - count, used);
  }

  const fraction = () => bytes(4).readUInt32LE() / 2 ** 32;

  return {
    bytes,
    fraction,
    integer: (min, max) => min + Math.floor(fraction() * (max - min + 1)),
    chance: (probability) => fraction() < probability,
    pick: (items) => items[Math.floor(fraction() * items.length)] ?? items[0],
    weighted: (items) => {
      let rest = fraction() * items.reduce((sum, [weight]) => sum + weight, 0);
      const chosen = items.find(([weight]) => (rest -= weight) < 0) ?? items.at(-1);
      if (!chosen) throw new RangeError("nothing to choose from");
      return chosen[1];
    },
  };
}
