import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellText } from "./api-calls";

test("a shell reads back exactly the text that was meant", () => {
  const texts = fc.sample(
    fc.string({ unit: "grapheme" }).filter((text) => !/[\0\r\n]/.test(text)),
    { numRuns: 50, seed: 1 },
  );
  const all = ["it's", '$(id) `id` "x" \\', ...texts];
  const out = execFileSync("/bin/sh", ["-c", `printf '%s\\n' ${all.map(shellText).join(" ")}`], { encoding: "utf8" });
  expect(out).toBe(`${all.join("\n")}\n`);
});
