import { ACTION_NAME_MAX_LENGTH } from "./action-names";

/** A name made of a title: "Refund a customer (EU)" is "refund_a_customer_eu". Empty when nothing of it can be used. */
export function suggestActionName(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+/, "")
    .slice(0, ACTION_NAME_MAX_LENGTH)
    .replace(/_+$/, "");
}
