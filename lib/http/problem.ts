import { ERROR_CODES } from "@/lib/domain/refusals/error-codes";
import type { Refusal } from "@/lib/domain/refusals/refusal";
import { getEnv } from "@/lib/env";
import type { ApiResponse } from "./api-request";
import { PROBLEM_STATUSES } from "./problem-statuses";

/** A refusal as application/problem+json (RFC 9457). The standard members win over `refusal.fields`. */
export function problemResponse(refusal: Refusal, requestId: string): ApiResponse {
  const { code, detail, fields, retryAfterSeconds } = refusal;
  const status = PROBLEM_STATUSES[code];
  const headers: Record<string, string> = { "Content-Type": "application/problem+json" };
  // RFC 9110 requires a challenge with every 401.
  if (status === 401) headers["WWW-Authenticate"] = 'Bearer realm="daai"';
  if (retryAfterSeconds !== undefined) headers["Retry-After"] = String(Math.max(1, Math.ceil(retryAfterSeconds)));
  const problem = {
    type: `${getEnv().DAAI_PUBLIC_URL}/docs/errors#${code}`,
    title: ERROR_CODES[code].title,
    status,
    code,
    detail,
    request_id: requestId,
  };
  // The first spread sets the key order for readers, the second the values.
  return { status, headers, body: JSON.stringify({ ...problem, ...fields, ...problem }) };
}
