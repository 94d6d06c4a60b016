import { getDb } from "@/lib/db/client";
import type { Db } from "@/lib/db/transaction";

/**
 * A handle through which `happen` falls exactly between two statements of a command: after its nth raw one. No transaction
 * is opened around the command, as if it ran in one already.
 */
export function afterStatement(nth: number, happen: () => Promise<unknown>, handle: Db = getDb()): Db {
  let count = 0;
  return new Proxy<Db>(handle, {
    has: (db, name) => name !== "$transaction" && name in db,
    get(db, name) {
      const member = Reflect.get(db, name, db) as unknown;
      if ((name !== "$queryRaw" && name !== "$executeRaw") || typeof member !== "function") return member;
      return async (...statement: unknown[]) => {
        const result = (await member.apply(db, statement)) as unknown;
        if (++count === nth) await happen();
        return result;
      };
    },
  });
}
