// Random histories of a log: growth passes; shrinking, rewriting and signing with another key do not.

import fc from "fast-check";
import { expect, test } from "vitest";
import { LogTampered } from "../src/index";
import { HONEST, LogConsole, look, SIGNER, STRANGER } from "./log-console";
import { receipt } from "./receipt-log";

const number = (max: number) => fc.integer({ min: 0, max });

/** What becomes of the log after a witness saw `seen` receipts of it; the honest one is of `size`. */
const TAMPERING: Readonly<Record<string, (size: number, at: number, other: number) => string[]>> = {
  edit: (size, at) => HONEST.slice(0, size).with(at, receipt(1000)),
  delete: (size, at) => HONEST.slice(0, size).toSpliced(at, 1),
  insert: (size, at) => HONEST.slice(0, size).toSpliced(at, 0, receipt(1000)),
  swap: (size, at, other) =>
    HONEST.slice(0, size)
      .with(at, HONEST[other] ?? "")
      .with(other, HONEST[at] ?? ""),
  truncate: (_, at) => HONEST.slice(0, at),
  "sign with another key": (size) => [...HONEST.slice(0, size), receipt(1000)],
};

const history = fc.record({
  first: fc.integer({ min: 1, max: 20 }),
  growth: fc.array(number(4), { maxLength: 4 }),
  more: number(4),
  way: fc.constantFrom(...Object.keys(TAMPERING)),
  places: fc.tuple(fc.nat(), fc.nat()),
});

test("any history of a log is judged rightly", async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ first, growth, more, way, places }) => {
      const console = new LogConsole();
      console.receipts = HONEST.slice(0, first);
      const client = console.client();
      await look(client);
      for (const count of growth) {
        console.receipts = HONEST.slice(0, console.receipts.length + count);
        console.wait();
        await look(client);
      }
      const seen = console.receipts.length;
      expect(console.kept.map(([, size]) => size)).toEqual([seen]);
      const [at, other] = places.map((place) => place % seen) as [number, number];
      console.receipts = TAMPERING[way]?.(seen + more, at, other) ?? [];
      console.signers = way === "sign with another key" ? [STRANGER] : [SIGNER];
      console.wait();
      const isHonest = way !== "sign with another key" && HONEST.slice(0, seen).every((body, index) => body === console.receipts[index]);
      if (isHonest) await look(client);
      else await expect(look(client)).rejects.toThrow(LogTampered);
    }),
    { numRuns: 150 },
  );
});
