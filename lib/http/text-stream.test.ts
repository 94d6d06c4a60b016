import { expect, test } from "vitest";
import { textStream } from "./text-stream";

async function* pieces(made: number[], end: { isOver: boolean }) {
  try {
    for (let index = 0; index < 1000; index++) {
      made.push(index);
      yield `${index} é\n`;
    }
  } finally {
    end.isOver = true;
  }
}

test("reads to the end, as UTF-8", async () => {
  const text = await new Response(textStream(pieces([], { isOver: false }))).text();
  expect(text.split("\n")).toHaveLength(1001);
  expect(text).toContain("999 é");
});

test("makes no more than is read, and stops when the reader goes", async () => {
  const made: number[] = [];
  const end = { isOver: false };
  const reader = textStream(pieces(made, end)).getReader();
  await reader.read();
  expect(made.length).toBeLessThan(4);
  await reader.cancel();
  expect(end.isOver).toBe(true);
});

test("breaks off when a piece cannot be made, so that nobody takes a part for the whole", async () => {
  async function* broken() {
    yield "a";
    await Promise.reject(new Error("no more"));
  }
  await expect(new Response(textStream(broken())).text()).rejects.toThrow();
});
