import { matchesEntityTag } from "@/lib/http/etag";
import { getPythonPackage } from "@/lib/packages/python-package";

/** For people and scripts. pip reads the version from the address before it asks, so it needs the file's own name. */
const ALIAS = "daai-python.whl";

/** The package that fits this console, by its file name. Another version isn't here: the reply names the one that is. */
export async function GET(request: Request, { params }: { params: Promise<{ file: string }> }): Promise<Response> {
  const { file } = await params;
  const { fileName, path, bytes, sha256 } = getPythonPackage();
  // Relative, because Next assumes it runs at localhost regardless of the public URL.
  if (file === ALIAS) return new Response(null, { status: 307, headers: { Location: path, "Cache-Control": "no-cache" } });
  if (file !== fileName) {
    return new Response(`This console serves ${path}. See /packages.\n`, {
      status: 404,
      headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-cache" },
    });
  }
  // A newer console may serve another file under the same version, so caches ask each time.
  const headers = { "Cache-Control": "no-cache", ETag: `"${sha256}"` };
  if (matchesEntityTag(request.headers.get("if-none-match") ?? undefined, headers.ETag))
    return new Response(null, { status: 304, headers });
  return new Response(bytes, {
    headers: {
      ...headers,
      "Content-Type": "application/octet-stream",
      "Content-Length": String(bytes.length),
      "Content-Disposition": `attachment; filename="${fileName}"`,
    },
  });
}
