import type { Bytes } from "@/lib/domain/log/byte-text";
import { CHECKPOINT_PATH, type LogFile, logFiles } from "@/lib/domain/log/log-tiles";
import { TAR_END, tarFile } from "@/lib/domain/log/tar-archive";
import type { ReadLogFile } from "@/lib/domain/log/verify-log";
import type { WorkspaceContext } from "@/lib/security/context";
import { requirePermission } from "@/lib/security/require-permission";
import { getNewestCheckpoint } from "./get-newest-checkpoint";
import { readLogFile } from "./read-log-file";

export interface OpenLog {
  readonly size: number;
  readonly note: string;
  /** The path in the archive. */
  readonly read: ReadLogFile;
  /** Opens the log's archive: tlog-tiles in a tar. */
  archive(): AsyncGenerator<Bytes>;
}

/** Opens the workspace's log at its newest checkpoint; null while it is empty. */
export async function openLog(ctx: WorkspaceContext): Promise<OpenLog | null> {
  await requirePermission(ctx, "receipt.read");
  const newest = await getNewestCheckpoint(ctx);
  if (!newest) return null;
  const { size, note } = newest;
  const text = new TextEncoder().encode(note);
  const files = new Map([...logFiles(size)].map((file) => [file.path, file]));
  return {
    size,
    note,
    read: async (path) => {
      if (path === CHECKPOINT_PATH) return text;
      const file = files.get(path);
      return file ? readLogFile(ctx, file) : null;
    },
    archive: () => archive(ctx, text, files.values()),
  };
}

async function* archive(ctx: WorkspaceContext, note: Bytes, files: Iterable<LogFile>): AsyncGenerator<Bytes> {
  yield tarFile(CHECKPOINT_PATH, note);
  for (const file of files) {
    const content = await readLogFile(ctx, file);
    if (!content) throw new Error(`The log has a gap: ${file.path} is not whole. npm run -s admin -- log verify says more.`);
    yield tarFile(file.path, content);
  }
  yield TAR_END;
}
