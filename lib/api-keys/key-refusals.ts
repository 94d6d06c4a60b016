import { type Refusal, refuse } from "@/lib/domain/refusals/refusal";

const DETAILS = {
  invalid_api_key: "The API key is unknown or revoked. Check DAAI_API_KEY.",
  invalid_workspace_key: "The workspace key is unknown or revoked. Check DAAI_WORKSPACE_KEY.",
  keys_of_different_workspaces: "The API key and the workspace key belong to different workspaces. Use two keys of the same workspace.",
} as const;

export type KeyRefusalCode = keyof typeof DETAILS;

export function isKeyRefusalCode(code: string): code is KeyRefusalCode {
  return Object.hasOwn(DETAILS, code);
}

export function refuseKeys(code: KeyRefusalCode): Refusal {
  return refuse(code, DETAILS[code]);
}
