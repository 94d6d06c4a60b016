import { expect, test } from "vitest";
import { suggestActionTitle } from "./suggest-action-title";

test.each([
  ["send_fax", "Send fax"],
  ["refund", "Refund"],
  ["pay__supplier_2_", "Pay supplier 2"],
])("the title suggested for %s is %s", (name, title) => expect(suggestActionTitle(name)).toBe(title));
