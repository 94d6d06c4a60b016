import { openApiDocument } from "@/lib/contract/openapi";
import { getEnv } from "@/lib/env";
import { sdkRoute } from "@/lib/http/route";

let document: object | undefined;

export const openapi = sdkRoute({
  method: "GET",
  path: "/api/openapi.json",
  scope: "open",
  hasEntityTag: true,
  handler: () => Promise.resolve({ ok: true, answer: (document ??= openApiDocument(getEnv().DAAI_PUBLIC_URL)) }),
});
