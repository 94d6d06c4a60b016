import { hkdfSync } from "node:crypto";
import { getEnv } from "@/lib/env";

/** A key of the console's for one purpose: what is made with it means nothing to the others, nor to a stolen database. */
export function derivedKey(purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", getEnv().DAAI_KEY_PEPPER, "", purpose, 32));
}
