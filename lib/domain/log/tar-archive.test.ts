import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bytes } from "./byte-text";
import { readTar, TAR_END, tarFile } from "./tar-archive";

const joined = (...parts: readonly Uint8Array[]): Bytes => Uint8Array.from(parts.flatMap((part) => [...part]));

/** An entry whose header is changed, with a checksum that is right again. */
function changed(entry: Bytes, at: number, text: string): Bytes {
  const bytes = entry.slice();
  bytes.set(new TextEncoder().encode(text), at);
  bytes.set(new TextEncoder().encode(" ".repeat(8)), 148);
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  bytes.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return bytes;
}

const SIZE = 124;
const TYPE = 156;
const directory = (size: string) => changed(changed(tarFile("loop", new Uint8Array()), TYPE, "5"), SIZE, size);

describe("readTar", () => {
  it("reads what was written", () => {
    const file = fc.tuple(fc.stringMatching(/^[a-z0-9/]{1,100}$/), fc.uint8Array({ maxLength: 1500 }));
    fc.assert(
      fc.property(fc.uniqueArray(file, { selector: ([path]) => path, maxLength: 5 }), (files) => {
        const archive = joined(...files.map(([path, content]) => tarFile(path, content)), TAR_END);
        expect([...(readTar(archive) ?? [])].map(([path, content]) => [path, [...content]])).toEqual(
          files.map(([path, content]) => [path, [...content]]),
        );
      }),
    );
  });

  // parseInt reads "-1000" as -512: the place of the next entry would be this one's, for ever.
  it.each(["-1000", "-0001000", "+1000", "0x200", "1e3", "8", "", " "])("refuses an entry that says its size is %j", (size) => {
    expect(readTar(joined(directory(size.padEnd(12, "\0")), TAR_END))).toBeNull();
    expect(readTar(joined(changed(tarFile("file", new Uint8Array()), SIZE, size.padEnd(12, "\0")), TAR_END))).toBeNull();
  });

  it("passes over a directory, and refuses a name that comes twice, a wrong checksum and an archive that is cut off", () => {
    const one = tarFile("one", new TextEncoder().encode("1"));
    expect([...(readTar(joined(directory("00000000000"), one, TAR_END))?.keys() ?? [])]).toEqual(["one"]);
    expect(readTar(joined(one, one, TAR_END))).toBeNull();
    expect(
      readTar(
        joined(
          Uint8Array.from(one, (byte, at) => (at === 0 ? byte + 1 : byte)),
          TAR_END,
        ),
      ),
    ).toBeNull();
    for (const length of [0, 511, 512, 600, one.length]) expect(readTar(joined(one, TAR_END).subarray(0, length))).toBeNull();
  });

  it("comes to an end with any bytes, and with any header", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2048 }), (bytes) => [null, 0].includes(readTar(bytes)?.size ?? null)));
    const field = fc.tuple(fc.constantFrom(0, 100, SIZE, TYPE, 157, 257), fc.stringMatching(/^[ -~\0]{1,12}$/));
    fc.assert(
      fc.property(fc.array(field, { maxLength: 4 }), fc.uint8Array({ maxLength: 600 }), (fields, content) => {
        const entry = fields.reduce((bytes, [at, text]) => changed(bytes, at, text), tarFile("file", content));
        expect((readTar(joined(entry, TAR_END))?.size ?? 0) <= 1).toBe(true);
      }),
    );
  });
});
