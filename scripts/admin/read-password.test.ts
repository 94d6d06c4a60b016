import { PassThrough, Readable } from "node:stream";
import { expect, it } from "vitest";
import { readPassword } from "./read-password";

type Input = Parameters<typeof readPassword>[0];
type Prompt = Parameters<typeof readPassword>[1];

function prompt() {
  const shown = new PassThrough();
  return { stream: shown as unknown as Prompt, text: () => String(shown.read() ?? "") };
}

it.each(["a long enough phrase", "a long enough phrase\n", "a long enough phrase\r\n"])(
  "reads a password from a pipe: %j",
  async (piped) => {
    const { stream, text } = prompt();
    expect(await readPassword(Readable.from([piped]) as unknown as Input, stream)).toBe("a long enough phrase");
    expect(text()).toBe("");
  },
);

it("keeps every other character of it", async () => {
  expect(await readPassword(Readable.from([" two\nlines \n"]) as unknown as Input, prompt().stream)).toBe(" two\nlines ");
});

it("asks for it at a terminal, and shows nothing of what is typed", async () => {
  const { stream, text } = prompt();
  const typed = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => typed });
  const reading = readPassword(typed as unknown as Input, stream);
  typed.write("swordfisX\u007fh by the dozen\r");
  expect(await reading).toBe("swordfish by the dozen");
  expect(text()).toBe("Password: \n");
});
