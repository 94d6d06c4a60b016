import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";

/** The same refusal for every invalid account link, whatever the reason. */
export function refuseMailLink(): Refusal {
  return refuse("mail_link_closed", "This link has expired, was already used or was replaced by a newer one. Request a new one.");
}
