import type { Metadata } from "next";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { KeyValueList, KeyValueRow } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { isSignedIn } from "@/lib/auth/is-signed-in";
import { getEnv } from "@/lib/env";
import { getPythonPackage } from "@/lib/packages/python-package";
import { installSnippet } from "@/lib/words/setup-snippets";

export const metadata: Metadata = {
  title: "Packages",
  description: "The SDK that fits this console, with its size and SHA-256.",
  alternates: { canonical: "/packages" },
};

const BYTES = new Intl.NumberFormat("en");

export default async function PackagesPage() {
  const isKnown = await isSignedIn();
  const { name, version, fileName, path, bytes, sha256 } = getPythonPackage();
  const url = `${getEnv().DAAI_PUBLIC_URL}${path}`;
  return (
    <>
      <SiteHeader isSignedIn={isKnown} />
      <main className="mx-auto max-w-[760px] px-5 pt-6 pb-16 sm:px-6" id="main">
        <h1 className="text-2xl">Packages</h1>
        <p className="mt-2 max-w-[62ch] text-lg text-muted">
          This console serves the SDK that fits it, so you need no checkout. Install from this address only: on a package index, anyone
          could own the name.
        </p>
        <section className="mt-8 grid gap-4" aria-labelledby="python">
          <h2 className="text-xl" id="python">
            Python
          </h2>
          <CodeBlock title="Shell, Python 3.9 or later" code={installSnippet(url)} language="bash" />
          <Card aria-label="The Python package">
            <KeyValueList>
              <KeyValueRow name="Package">
                {name} {version}
              </KeyValueRow>
              <KeyValueRow name="File">
                <a className="text-link" href={path} download>
                  {fileName}
                </a>
              </KeyValueRow>
              <KeyValueRow name="Size">{BYTES.format(bytes.length)} bytes</KeyValueRow>
              <KeyValueRow name="SHA-256">{sha256}</KeyValueRow>
            </KeyValueList>
          </Card>
          <p>With its hash in the address, pip rejects any other file:</p>
          <CodeBlock title="Exactly this file" code={`pip install '${url}#sha256=${sha256}'`} language="bash" />
          <p>To verify receipts, install it with what that needs:</p>
          <CodeBlock title="With the verifier" code={`pip install '${name}[verify] @ ${url}'`} language="bash" />
          <p>
            <Link className="text-link" href="/docs/python-sdk">
              Python SDK documentation
            </Link>
          </p>
        </section>
      </main>
      <SiteFooter />
    </>
  );
}
