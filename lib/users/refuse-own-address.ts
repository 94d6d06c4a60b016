import { isAddressPassword } from "@/lib/domain/access/common-passwords";
import { type Refusal, refuseField } from "@/lib/domain/refusals/refusal";
import { OWN_ADDRESS } from "./schema";

/** For passwords whose owner is known only after reading a link. Null: it isn't based on their address. */
export function refuseOwnAddress(password: string, email: string): Refusal | null {
  if (!isAddressPassword(password, email)) return null;
  const message = `${OWN_ADDRESS.charAt(0).toUpperCase()}${OWN_ADDRESS.slice(1)}.`;
  return refuseField("password", message);
}
