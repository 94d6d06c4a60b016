import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { isConnectionError, isDiskFull } from "./database-errors";

/** Something failed, so nothing was decided that the caller could rely on. */
export function refuseFailure(error: unknown): Refusal {
  if (isDiskFull(error)) {
    const detail = "The disk of the console's database is full, so nothing was decided. Tell the operator to free space, then try again.";
    return refuse("database_unavailable", detail, { retryAfterSeconds: 5 });
  }
  return isConnectionError(error)
    ? refuse("database_unavailable", "The console can't reach its database, so nothing was decided. Try again.", { retryAfterSeconds: 1 })
    : refuse(
        "internal_error",
        "An unexpected error occurred in the console, so nothing was decided. Try again. If it keeps failing, send the request_id to the operator.",
      );
}
