import { createHmac } from "node:crypto";
import { getEnv } from "@/lib/env";

/** HMAC-SHA-256 under the pepper, in hex: a stolen database alone opens nothing. */
export function hashKey(key: string): string {
  return createHmac("sha256", getEnv().DAAI_KEY_PEPPER).update(key).digest("hex");
}
