import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";

/** The same for every mailed link of an account that does not work, whatever the reason. */
export function refuseMailLink(): Refusal {
  return refuse(
    "mail_link_closed",
    "This link does not work any more: it was used, it is too old, or a newer one was mailed. Ask for a new one.",
  );
}
