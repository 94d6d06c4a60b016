/**
 * Every advisory lock of the console. PostgreSQL has two kinds that never meet: locks of one number, and locks of a class and a
 * number in it. All of them begin with the number that Prisma chose for its own.
 *
 * No transaction takes locks of two kinds; one that ever must takes them in the order of this list, so that nobody waits for one who
 * waits for them. Of several logs, `lock-log-heads.ts` takes only those that are free.
 */
export const ADVISORY_LOCKS = {
  /** For as long as a process migrates; the lock of Prisma's own migration engine. One number. */
  migration: 72_707_369,
  /** Shared, by every process that uses the embedded PostgreSQL, on a session of its own. One number. */
  embeddedInUse: 72_707_370,
  /** A class: one for each worker, by its id, for as long as it lives. */
  workers: 72_707_371,
  /** A class: one for each workspace's log of receipts, by its id, until the transaction ends. */
  receiptLogs: 72_707_372,
  /** Whoever may be the first account of a new console, until the transaction ends. One number. */
  firstAccount: 72_707_373,
} as const;
