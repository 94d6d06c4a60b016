import type { JsonObject } from "@/lib/domain/json-value";
import type { ErrorCode } from "./error-codes";

/** An expected outcome that is a no. It is returned, never thrown. */
export interface Refusal {
  ok: false;
  code: ErrorCode;
  /** One plain sentence with what to do. */
  detail: string;
  /** Extra members of the problem response, such as limit, used, resets_at, errors. */
  fields?: JsonObject;
  retryAfterSeconds?: number;
}

export function refuse(code: ErrorCode, detail: string, extra: { fields?: JsonObject; retryAfterSeconds?: number } = {}): Refusal {
  return { ok: false, code, detail, ...extra };
}

/** Refuses what was sent for one field. `message` also stands alone. */
export function refuseField(path: string, message: string): Refusal {
  return refuse("validation_failed", message, { fields: { errors: [{ path, message }] } });
}
