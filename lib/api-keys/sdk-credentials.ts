import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { hashKey } from "@/lib/security/hash-key";
import { isWellFormedKey } from "@/lib/security/key-format";

/** A request's two keys, as HMACs in hex. They have not been verified yet. */
export interface SdkCredentials {
  readonly apiKeyHash: string;
  readonly workspaceKeyHash: string;
}

const BEARER = /^Bearer +([\x21-\x7e]+) *$/i;

/** `Authorization: Bearer` (RFC 6750) and `X-DAAI-Workspace-Key`. Header names are lower case. */
export function readSdkCredentials(headers: Record<string, string | undefined>): { ok: true; credentials: SdkCredentials } | Refusal {
  const apiKey = headers.authorization === undefined ? undefined : BEARER.exec(headers.authorization)?.[1];
  const workspaceKey = headers["x-daai-workspace-key"];
  if (headers.authorization === undefined || workspaceKey === undefined) {
    return refuse("missing_credentials", "Send both keys: Authorization: Bearer <api key> and X-DAAI-Workspace-Key: <workspace key>.");
  }
  if (apiKey === undefined || !isWellFormedKey("api", apiKey)) {
    return refuse("invalid_api_key", "The API key is malformed or incomplete. It starts with daai_sk_.");
  }
  // A malformed workspace key is replaced by one that can't match, so that it is refused only after the API key is verified.
  return { ok: true, credentials: { apiKeyHash: hashKey(apiKey), workspaceKeyHash: hashKey(workspaceKey) } };
}
