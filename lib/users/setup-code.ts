import { createHmac, timingSafeEqual } from "node:crypto";
import { getEnv } from "@/lib/env";
import type { VisitorContext } from "@/lib/security/context";
import { signUpMode } from "./sign-up-mode";

/** Without letters and digits that are mistaken for one another. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH = 12;

/**
 * The code for the first account when it isn't created on the console's own machine, so that only someone who can read the startup message
 * becomes the operator. Derived from a secret, so it is the same in every process and after every start. Useless once there is an account.
 */
export function setupCode(): string {
  const digest = createHmac("sha256", getEnv().DAAI_KEY_PEPPER).update("setup code").digest();
  const letters = [...digest.subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join("");
  return letters.replace(/.{4}(?=.)/g, "$&-");
}

/** Compares a typed code, in any case, with or without dashes, in constant time. */
export function isSetupCode(typed: string): boolean {
  const digestOf = (text: string) => createHmac("sha256", getEnv().DAAI_KEY_PEPPER).update(text).digest();
  const plain = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return timingSafeEqual(digestOf(plain(typed)), digestOf(plain(setupCode())));
}

/** The code for the startup message; null once there is an account. */
export async function openSetupCode(ctx: VisitorContext): Promise<string | null> {
  return (await signUpMode(ctx)) === "first" ? setupCode() : null;
}
