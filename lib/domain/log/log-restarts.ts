import { hexText } from "./byte-text";
import type { Checkpoint } from "./checkpoint";
import type { LogRestartedBody } from "./read-log-restarted-body";

/** A receipt of a restart as it was found in a log, and the root of everything before it. */
export interface FoundRestart {
  readonly index: number;
  readonly rootBefore: Uint8Array;
  readonly says: LogRestartedBody;
}

/** Returns what is wrong with a log's restarts: each must continue the one before, at the position it records. */
export function restartProblems(restarts: readonly FoundRestart[], { origin }: Checkpoint): string[] {
  return restarts.flatMap(({ index, rootBefore, says }, at) => {
    const place = `Entry ${index + 1}`;
    if (says.earlier_size !== index || says.earlier_root_hash !== hexText(rootBefore))
      return [`${place} records a restart of another log than the one before it.`];
    const next = restarts[at + 1]?.says.earlier_origin ?? origin;
    return next === says.origin ? [] : [`${place} says that the log continues as ${says.origin}, but it continues as ${next}.`];
  });
}

/** What a checkpoint from before shows about a log that has been restarted since, or has another name. Null: it fits. */
export function keptProblem(kept: Checkpoint, newest: Checkpoint, restarts: readonly FoundRestart[]): string | null {
  if (kept.origin === newest.origin) {
    return kept.size > newest.size
      ? `The log shrank: you kept a checkpoint of ${kept.size} receipts, and this one ends at ${newest.size}.`
      : null;
  }
  const restart = restarts.find(({ says }) => says.earlier_origin === kept.origin);
  if (!restart) return `The checkpoint you kept is of another log: ${kept.origin} instead of ${newest.origin}.`;
  const lost = kept.size - restart.index;
  if (lost <= 0) return null;
  return `The log was restarted after ${restart.index} receipts, ${backupWords(restart)}, and you kept a checkpoint of ${kept.size}: ${lost === 1 ? "one receipt is" : `${lost} receipts are`} lost.`;
}

/** What a restarted log can't prove. */
export function restartDoubts(restarts: readonly FoundRestart[]): string[] {
  return restarts.map(
    (restart) =>
      `That nothing was lost when the log was restarted after ${restart.index} receipts, ${backupWords(restart)}: a checkpoint kept of ${restart.says.earlier_origin} shows it.`,
  );
}

const backupWords = ({ says }: FoundRestart) => `from a backup of ${says.backup_taken_at.slice(0, 16).replace("T", " ")} UTC`;
