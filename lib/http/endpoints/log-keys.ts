import type { LogKeysResponse } from "@/lib/contract/receipt-log";
import { verifierKeyText } from "@/lib/domain/log/signed-note";
import { sdkRoute } from "@/lib/http/route";
import { getLogKeys } from "@/lib/receipts/log/log-keys";

/** Verifiers need these keys once, and nothing else from the console. */
export const logKeys = sdkRoute({
  method: "GET",
  path: "/api/v1/public/log-keys",
  scope: "open",
  async handler() {
    const { signers, keys } = await getLogKeys();
    const signing = new Set(signers.map(({ key }) => key));
    const answer: LogKeysResponse = {
      keys: keys.map((key) => ({ verifier_key: verifierKeyText(key), name: key.name, key_hash: key.keyHash, signs: signing.has(key) })),
    };
    return { ok: true, answer };
  },
});
