import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { CommandError } from "@/scripts/admin/command-error";
import { type BackupEnd, type BackupHeader, backupEnd, backupHeader, END_OF_TABLE } from "./backup-file";

/** A header names every column of every table, and no more. */
const LONGEST_LINE_BYTES = 1_000_000;
const NEWLINE = 0x0a;

/** Reads a backup from its beginning to its end, once. Throws a CommandError for anything else than a whole backup. */
export class BackupReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest = Buffer.alloc(0);

  constructor(private readonly file: string) {
    const source = createReadStream(file);
    const gunzip = createGunzip();
    source.on("error", (error) => gunzip.destroy(error));
    // Thrown by the iterator, whenever that is asked.
    gunzip.on("error", () => undefined);
    this.chunks = (source.pipe(gunzip) as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  async header(): Promise<BackupHeader> {
    return this.parsed(backupHeader, `${this.file} isn't a backup of a console, or one in a format that this release doesn't know.`);
  }

  /** The rows of the next table, in pieces of whole lines. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const lines = this.wholeLines();
      const end = endOfTable(lines);
      if (end >= 0) {
        this.rest = this.rest.subarray(end + END_OF_TABLE.length);
        if (end > 0) yield lines.subarray(0, end);
        return;
      }
      this.rest = this.rest.subarray(lines.length);
      if (lines.length > 0) yield lines;
      await this.more();
    }
  }

  async end(): Promise<BackupEnd> {
    const end = await this.parsed(backupEnd, this.cutOff());
    // The checksum stands behind the last byte.
    if (this.rest.length > 0 || !(await this.next()).done) throw new CommandError(this.cutOff());
    return end;
  }

  close(): Promise<unknown> {
    return Promise.resolve(this.chunks.return?.());
  }

  private async parsed<T>(schema: z.ZodType<T>, problem: string): Promise<T> {
    while (!this.rest.includes(NEWLINE)) {
      if (this.rest.length > LONGEST_LINE_BYTES) throw new CommandError(problem);
      await this.more();
    }
    const end = this.rest.indexOf(NEWLINE);
    const line = this.rest.subarray(0, end).toString("utf8");
    this.rest = this.rest.subarray(end + 1);
    try {
      return schema.parse(JSON.parse(line));
    } catch {
      throw new CommandError(problem);
    }
  }

  private wholeLines(): Buffer {
    return this.rest.subarray(0, this.rest.lastIndexOf(NEWLINE) + 1);
  }

  private async more(): Promise<void> {
    const { done, value } = await this.next();
    if (done) throw new CommandError(this.cutOff());
    this.rest = Buffer.concat([this.rest, value]);
  }

  private async next(): Promise<IteratorResult<Buffer>> {
    try {
      return await this.chunks.next();
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException;
      if (code.startsWith("Z_")) throw new CommandError(this.cutOff());
      throw new CommandError(`${this.file} can't be read (${message}).`);
    }
  }

  private cutOff(): string {
    return `${this.file} isn't a whole backup: it was cut off or damaged, or is something else. Use another one.`;
  }
}

/** Where the line that ends a table begins; -1 if it isn't there yet. No row looks like it: COPY doubles backslashes. */
function endOfTable(lines: Buffer): number {
  if (lines.subarray(0, END_OF_TABLE.length).equals(Buffer.from(END_OF_TABLE))) return 0;
  const before = lines.indexOf(`\n${END_OF_TABLE}`);
  return before < 0 ? -1 : before + 1;
}
