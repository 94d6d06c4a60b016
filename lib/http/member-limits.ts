import { PAYLOAD_MAX_BYTES, RESULT_MAX_BYTES } from "@/lib/domain/access/limits";
import type { MemberLimit } from "./parse-body";

export const payloadLimit: MemberLimit = {
  members: ["payload", "input"],
  maxBytes: PAYLOAD_MAX_BYTES,
  code: "payload_too_large",
  noun: "payload",
};

export const resultLimit: MemberLimit = {
  members: ["execution_result"],
  maxBytes: RESULT_MAX_BYTES,
  code: "result_too_large",
  noun: "execution result",
};
