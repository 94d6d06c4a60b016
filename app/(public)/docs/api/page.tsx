import type { Metadata } from "next";
import { ApiReference } from "@/components/docs/api-reference";
import { DocArticle } from "@/components/docs/doc-article";
import { Link } from "@/components/ui/link";
import { apiReference } from "@/lib/docs/api-reference";
import { requireDocPage } from "@/lib/docs/doc-pages";
import { getEnv } from "@/lib/env";
import { inConsole } from "@/lib/net/base-path";

export const metadata: Metadata = {
  title: "API reference · Docs",
  description: requireDocPage("api").summary,
  alternates: { canonical: "/docs/api" },
};

export default function ApiReferencePage() {
  const baseUrl = `${getEnv().DAAI_PUBLIC_URL}/api`;
  return (
    <DocArticle slug="api" isWide>
      <div className="grid max-w-[72ch] gap-3">
        <p>
          JSON in and out, UTF-8, <code>snake_case</code>. Times are RFC 3339 in UTC with milliseconds and a <code>Z</code>. IDs are UUIDs.
          The base URL is <code>{baseUrl}</code>. The machine-readable version is{" "}
          <a className="text-link" href={inConsole("/api/openapi.json")}>
            openapi.json
          </a>
          .
        </p>
        <p>
          SDK operations need two keys of the same workspace: <code>Authorization: Bearer</code> with the API key, and{" "}
          <code>X-DAAI-Workspace-Key</code>. Every error is a problem document; see{" "}
          <Link className="text-link" href="/docs/errors" prefetch={false}>
            Error codes
          </Link>
          . New fields may be added to responses, so ignore any you don’t know.
        </p>
      </div>
      <ApiReference {...apiReference()} baseUrl={baseUrl} />
    </DocArticle>
  );
}
