import { hash, verify } from "@node-rs/argon2";
import { PASSWORD_MAX_LENGTH } from "@/lib/domain/access/password-strength";

/** The package's number for argon2id; its const enum cannot be imported by a module compiled on its own. */
const ARGON2ID = 2;
/** The minimum OWASP recommends: 19 MiB, two passes, one lane. */
const OPTIONS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of random bytes that nobody kept, with the same costs. */
const NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$Q471W7RuLEJtsLjcrv9P0g$+De7LVg4MZRYuw8jS7aPaBWb6060Q6MmB3D4uyOXqiE";

export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
}

/**
 * Without a hash, because there is no account or it has no password, it takes as long and is never right. What is longer than any
 * password is not hashed to its end: strangers choose it.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isTooLong = password.length > PASSWORD_MAX_LENGTH;
  const isRight = await verify(passwordHash ?? NOBODYS, isTooLong ? "" : password);
  return passwordHash !== null && !isTooLong && isRight;
}
