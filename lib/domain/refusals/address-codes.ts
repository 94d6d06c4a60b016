import type { ErrorCodeText } from "./error-code-text";

/** An address that leads to nothing. */
export const ADDRESS_CODES = {
  run_not_found: {
    title: "Run not found",
    meaning: "The workspace of these keys has no action run with this ID.",
  },
  route_not_found: {
    title: "Route not found",
    meaning: "The API has no such path. Compare it with the API reference.",
  },
  invalid_link: {
    title: "Invalid link",
    meaning: "The decision link isn't valid. It may be incomplete or no longer active. Use the link in the latest email.",
  },
  method_not_allowed: {
    title: "Method not allowed",
    meaning: "The path exists, but not with this method. The Allow header names the methods it has.",
  },
} as const satisfies Record<string, ErrorCodeText>;
