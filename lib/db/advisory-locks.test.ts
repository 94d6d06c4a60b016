import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ADVISORY_LOCKS } from "./advisory-locks";

describe("advisory locks", () => {
  test("no two are the same, even where PostgreSQL would keep them apart", () => {
    const numbers = Object.values(ADVISORY_LOCKS);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  test("are listed here and nowhere else", () => {
    const files = ["lib", "scripts", "bench"].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => /\.m?ts$|\.mjs$/.test(file) && !file.includes("generated"))
        .map((file) => `${folder}/${file}`),
    );
    expect(files.length).toBeGreaterThan(500);
    const elsewhere = files.filter((file) => !file.includes("advisory-locks") && /72_?707_?3/.test(readFileSync(file, "utf8")));
    expect(elsewhere).toEqual([]);
  });
});
