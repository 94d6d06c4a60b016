import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";
import { isConnectionError, isDiskFull } from "./database-errors";

/** Something failed, so nothing was decided that the caller could rely on. */
export function refuseFailure(error: unknown): Refusal {
  if (isDiskFull(error)) {
    const detail = "The disk of the console's database is full, so nothing was decided. Try again, and tell the operator to make room.";
    return refuse("database_unavailable", detail, { retryAfterSeconds: 5 });
  }
  return isConnectionError(error)
    ? refuse("database_unavailable", "The console cannot reach its database, so nothing was decided. Try again.", { retryAfterSeconds: 1 })
    : refuse("internal_error", "The console failed, so nothing was decided. Try again, and tell the operator the request_id.");
}
