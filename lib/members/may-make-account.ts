import { getEnv } from "@/lib/env";

/** Whether someone who was invited may make their account themselves. */
export function mayMakeAccount(): boolean {
  return getEnv().DAAI_SIGN_UP !== "closed";
}
