import type { Context } from "@/lib/security/context";

/** Returns the email address by which others know the actor. */
export function actorName({ actor }: Context): string {
  switch (actor.type) {
    case "user":
    case "decision_link":
    case "management_key":
      return actor.email;
    case "operator":
      return actor.email ?? "the operator";
    case "api_key":
    case "share_link":
    case "system":
      return "the console";
  }
}
