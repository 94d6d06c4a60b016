import { createHmac, timingSafeEqual } from "node:crypto";
import { getEnv } from "@/lib/env";
import type { VisitorContext } from "@/lib/security/context";
import { signUpMode } from "./sign-up-mode";

/** Without letters and digits that are mistaken for one another. */
const LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH = 12;

/**
 * What the first account of a console needs when it is not made on the console's own machine: only whoever can read what the start
 * prints becomes its operator. It is made of a secret, so every process and every start of a console has the same, and is worth
 * nothing once there is an account.
 */
export function setupCode(): string {
  const digest = createHmac("sha256", getEnv().DAAI_KEY_PEPPER).update("setup code").digest();
  const letters = [...digest.subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join("");
  return letters.replace(/.{4}(?=.)/g, "$&-");
}

/** As somebody types it: in any case, with or without its dashes. The time it takes tells nothing. */
export function isSetupCode(typed: string): boolean {
  const digestOf = (text: string) => createHmac("sha256", getEnv().DAAI_KEY_PEPPER).update(text).digest();
  const plain = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, "");
  return timingSafeEqual(digestOf(plain(typed)), digestOf(plain(setupCode())));
}

/** For the start to print: null once there is an account. */
export async function openSetupCode(ctx: VisitorContext): Promise<string | null> {
  return (await signUpMode(ctx)) === "first" ? setupCode() : null;
}
