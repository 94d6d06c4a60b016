import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";

/** For those who manage invitations. Another workspace's invitation is like one that does not exist. */
export function refuseClosedInvitation(): Refusal {
  return refuse("not_found", "This invitation was already accepted or revoked.");
}
