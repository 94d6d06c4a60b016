import { ACCESS_CODES } from "./access-codes";
import { ADDRESS_CODES } from "./address-codes";
import { CONTENT_CODES } from "./content-codes";
import { DECISION_CODES } from "./decision-codes";
import { LIMIT_CODES } from "./limit-codes";
import { REQUEST_CODES } from "./request-codes";
import { RUN_CODES } from "./run-codes";
import { SERVER_CODES } from "./server-codes";

/** In the order of the documentation. */
const AREAS = [REQUEST_CODES, LIMIT_CODES, ADDRESS_CODES, RUN_CODES, DECISION_CODES, CONTENT_CODES, ACCESS_CODES, SERVER_CODES] as const;

/** The codes that more than one area has: the later would hide the earlier. */
type Repeated<Areas, Seen = never> = Areas extends readonly [infer First, ...infer Rest]
  ? (keyof First & Seen) | Repeated<Rest, Seen | keyof First>
  : never;

/** Every `code` of an API response or a refused command. The HTTP status of each is in lib/http. */
export const ERROR_CODES = {
  ...REQUEST_CODES,
  ...LIMIT_CODES,
  ...ADDRESS_CODES,
  ...RUN_CODES,
  ...DECISION_CODES,
  ...CONTENT_CODES,
  ...ACCESS_CODES,
  ...SERVER_CODES,
} as const satisfies Record<Repeated<typeof AREAS>, never>;

export type ErrorCode = keyof typeof ERROR_CODES;

// Object.keys forgets the literal names that `satisfies` keeps.
export const ERROR_CODE_NAMES = Object.keys(ERROR_CODES) as readonly ErrorCode[];
