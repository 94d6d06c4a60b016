import { MAILBOX } from "@/lib/domain/runs/delivery-state";
import { mailProviderName } from "./mail-provider-name";

/** Whether mail stays in the console's own mailbox, where the operator reads it: no provider is set. */
export function isMailKept(): boolean {
  return mailProviderName() === MAILBOX;
}
