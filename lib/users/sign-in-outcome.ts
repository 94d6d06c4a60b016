import type { Refusal } from "@/lib/domain/refusals/refusal";

/** What a sign-in knows of the request besides the credentials. */
export interface SignInRequest {
  readonly userAgent: string | null;
  readonly clientAddress: string;
}

export interface RefusedSignIn {
  ok: false;
  /** `wrong_credentials` reveals neither which part is wrong nor whether the account exists. */
  code: "wrong_credentials" | "account_disabled" | "invalid_link" | "too_many_attempts" | "database_unavailable" | "internal_error";
  retryAt?: Date;
}

export type SignInOutcome = { ok: true; userId: string; sessionId: string } | RefusedSignIn;

export function refuseAttempt({ fields }: Refusal): RefusedSignIn {
  const retryAt = fields?.retry_at;
  return { ok: false, code: "too_many_attempts", ...(typeof retryAt === "string" && { retryAt: new Date(retryAt) }) };
}
