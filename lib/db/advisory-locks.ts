/**
 * Every advisory lock of the console. PostgreSQL has two kinds that never meet: locks of one number, and locks of a class and a
 * number in it. All of them begin with the number that Prisma chose for its own.
 *
 * No transaction takes locks of two kinds; one that ever must takes them in the order of this list, so that nobody waits for one who
 * waits for them. Of several logs, `lock-log-heads.ts` takes only those that are free.
 */
export const ADVISORY_LOCKS = {
  /** Held while a process migrates; shared with Prisma's migration engine. One number. */
  migration: 72_707_369,
  /** Held in shared mode by every process that uses the embedded PostgreSQL, each in its own session. One number. */
  embeddedInUse: 72_707_370,
  /** A class: one lock per worker, by its id, held while it runs. */
  workers: 72_707_371,
  /** A class: one lock per workspace's receipt log, by its id, held until the transaction ends. */
  receiptLogs: 72_707_372,
  /** Held until the transaction ends while creating a console's first account. One number. */
  firstAccount: 72_707_373,
  /**
   * A class: one lock per workspace, and 0 for the whole console, held until the transaction ends. Shared by whoever lets a run through
   * (`daai_delay_freezes`), exclusive for whoever freezes.
   */
  freezes: 72_707_374,
} as const;
