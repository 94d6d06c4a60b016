import { hash, verify } from "@node-rs/argon2";

/** The package's number for argon2id; its const enum cannot be imported by a module compiled on its own. */
const ARGON2ID = 2;
/** The minimum OWASP recommends: 19 MiB, two passes, one lane. */
const OPTIONS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
}

export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}
