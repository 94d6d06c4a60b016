import type { ErrorCodeText } from "./error-code-text";

/** What goes wrong on the console's side. */
export const SERVER_CODES = {
  internal_error: {
    title: "Internal error",
    meaning:
      "An unexpected error occurred in the console. Do not run the action. Try again; if it keeps failing, send the request_id to the operator.",
  },
  database_unavailable: {
    title: "Database unavailable",
    meaning: "The console can't reach its database, so it decides nothing. Try again after Retry-After seconds.",
  },
  not_ready: {
    title: "Not ready",
    meaning: "This server can't serve requests yet, or no longer can. The member checks says why.",
  },
  shutting_down: {
    title: "Shutting down",
    meaning: "This server is stopping. Try again after Retry-After seconds.",
  },
} as const satisfies Record<string, ErrorCodeText>;
