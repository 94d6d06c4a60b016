/** What a sign-in knows of the request besides the credentials. */
export interface SignInRequest {
  readonly userAgent: string | null;
  readonly clientAddress: string;
}

export type SignInOutcome =
  | { ok: true; userId: string; sessionId: string }
  | {
      ok: false;
      /** `wrong_credentials` does not tell which part is wrong, nor whether there is such an account. */
      code: "wrong_credentials" | "invalid_link" | "too_many_attempts" | "database_unavailable" | "internal_error";
      retryAt?: Date;
    };
