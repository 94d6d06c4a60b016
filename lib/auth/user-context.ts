import type { UserActor } from "@/lib/context";
import type { SessionUser } from "./find-session";
import { mintContext } from "./mint-context";

export function userContext({ userId, email }: SessionUser) {
  return mintContext<UserActor, null>({ type: "user", userId, email }, null);
}
