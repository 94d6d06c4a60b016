/** Where an adapter finds what to continue when a run is decided. */
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { PauseStore } from "./pause-store";

export type { PauseStore };

const SUFFIX = ".pause";

/**
 * A store in a folder, with a file for every run that something waits for. Processes may share it. What a framework needs to continue can be
 * the whole conversation, so only the folder's owner can read it (modes 0700 and 0600).
 */
export class Pauses implements PauseStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(runId: string): Promise<string | null> {
    try {
      return await readFile(this.#file(runId), "utf8");
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** After a crash, the file is as it was before or as it is now. */
  async set(runId: string, state: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const temporary = `${this.#file(runId)}.${crypto.randomUUID()}`;
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(state);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#file(runId));
  }

  async delete(runId: string): Promise<void> {
    await rm(this.#file(runId), { force: true });
  }

  /** Every run that something waits for, the oldest first. */
  async runIds(): Promise<string[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    // A run's id begins with its time.
    return names
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => decodeURIComponent(name.slice(0, -SUFFIX.length)))
      .sort();
  }

  #file(runId: string): string {
    return join(this.#folder, encodeURIComponent(runId) + SUFFIX);
  }
}

function isMissing(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === "ENOENT";
}
