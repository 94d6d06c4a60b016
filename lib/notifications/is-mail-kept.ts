import { MAILBOX } from "@/lib/domain/runs/delivery-state";
import { mailProviderName } from "./mail-provider-name";

/** Whether email stays in the console's own mailbox, where the operator reads it, because no provider is configured. */
export function isMailKept(): boolean {
  return mailProviderName() === MAILBOX;
}
