import { readBody } from "./next-mount";

/** Reads the fields of an HTML form, or returns null when the body is not a form or exceeds the limit. */
export async function readForm(request: Request, limitBytes: number): Promise<URLSearchParams | null> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") return null;
  const body = await readBody(request, limitBytes);
  return body instanceof Uint8Array ? new URLSearchParams(new TextDecoder().decode(body)) : null;
}
