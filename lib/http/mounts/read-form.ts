import { readBody } from "./next-mount";

/** The fields of an ordinary HTML form, or null when the body is no such form or larger than the limit. */
export async function readForm(request: Request, limitBytes: number): Promise<URLSearchParams | null> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") return null;
  const body = await readBody(request, limitBytes);
  return body instanceof Uint8Array ? new URLSearchParams(new TextDecoder().decode(body)) : null;
}
