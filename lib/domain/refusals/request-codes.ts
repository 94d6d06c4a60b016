import type { ErrorCodeText } from "./error-code-text";

/** A request that can't be read, or whose keys or conditions don't hold. */
export const REQUEST_CODES = {
  malformed_request: {
    title: "Ambiguous request",
    meaning:
      "The request could be read in more than one way, so it isn't read at all: its target isn't a plain path, or a header that must be unique is sent twice. A path begins with one slash, without a host, repeated slashes, backslashes or dot segments.",
  },
  invalid_json: {
    title: "Invalid JSON",
    meaning: "The body isn't valid JSON. Send one JSON object.",
  },
  not_an_object: {
    title: "JSON object required",
    meaning: "The body is JSON, but not an object. Send one JSON object.",
  },
  unsupported_media_type: {
    title: "Unsupported content type",
    meaning: "The body isn't declared as JSON. Send Content-Type: application/json.",
  },
  invalid_utf8: {
    title: "Invalid UTF-8",
    meaning: "The body isn't valid UTF-8. Encode the JSON text as UTF-8.",
  },
  unsupported_content_encoding: {
    title: "Unsupported content encoding",
    meaning: "The body is compressed or otherwise encoded. Send it without Content-Encoding.",
  },
  missing_credentials: {
    title: "Missing keys",
    meaning: "The request needs both keys: Authorization: Bearer <api key> and X-DAAI-Workspace-Key: <workspace key>.",
  },
  invalid_api_key: {
    title: "Invalid API key",
    meaning: "The API key is malformed, unknown or revoked. Check DAAI_API_KEY, or create a new key in the workspace's settings.",
  },
  invalid_workspace_key: {
    title: "Invalid workspace key",
    meaning:
      "The workspace key is malformed, unknown or revoked. Check DAAI_WORKSPACE_KEY, or replace the key in the workspace's settings.",
  },
  invalid_management_key: {
    title: "Invalid management key",
    meaning:
      "The management key is malformed, unknown or revoked. Keys for apps don't work in the management API. Check DAAI_MANAGEMENT_KEY, or ask an owner to create one in the workspace's settings.",
  },
  missing_scope: {
    title: "Scope missing",
    meaning: "The management key is valid, but doesn't have the scope that this needs. Ask an owner for a key with it.",
  },
  precondition_failed: {
    title: "Changed meanwhile",
    meaning:
      "The state isn't the one that If-Match or If-None-Match names, so nothing was changed. Read it again, and send its ETag as If-Match.",
  },
  keys_of_different_workspaces: {
    title: "Keys of different workspaces",
    meaning: "Both keys are valid, but they belong to different workspaces. Use two keys of the same workspace.",
  },
  invalid_signature: {
    title: "Invalid signature",
    meaning:
      "The event isn't signed with the secret the console knows, or was signed too long ago. Compare RESEND_WEBHOOK_SECRET with the webhook's signing secret.",
  },
} as const satisfies Record<string, ErrorCodeText>;
