import type { Metadata } from "next";
import { PackageSection } from "@/components/site/package-section";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { CodeBlock } from "@/components/ui/code-block";
import { isSignedIn } from "@/lib/auth/is-signed-in";
import { getEnv } from "@/lib/env";
import { getNpmPackage, npmPackagePath } from "@/lib/packages/npm-package";
import { getPythonPackage } from "@/lib/packages/python-package";
import { installSnippet, npmInstallSnippet } from "@/lib/words/shell-snippets";

export const metadata: Metadata = {
  title: "Packages",
  description: "The SDKs and the MCP gateway that fit this console, with their sizes and SHA-256.",
  alternates: { canonical: "/packages" },
};

export default async function PackagesPage() {
  const isKnown = await isSignedIn();
  const origin = getEnv().DAAI_PUBLIC_URL;
  const python = getPythonPackage();
  const url = `${origin}${python.path}`;
  return (
    <>
      <SiteHeader isSignedIn={isKnown} />
      <main className="mx-auto max-w-[760px] px-5 pt-6 pb-16 sm:px-6" id="main">
        <h1 className="text-2xl">Packages</h1>
        <p className="mt-2 max-w-[62ch] text-lg text-muted">
          This console serves the SDKs and the MCP gateway that fit it, so you need no checkout. Install from this address only: on a
          package index, anyone could own the name.
        </p>
        <PackageSection
          id="python"
          title="Python"
          served={python}
          install={<CodeBlock title="Shell, Python 3.9 or later" code={installSnippet(url)} language="bash" />}
          docs={{ href: "/docs/python-sdk", title: "Python SDK documentation" }}
        >
          <p>With its hash in the address, pip rejects any other file:</p>
          <CodeBlock title="Exactly this file" code={`pip install '${url}#sha256=${python.sha256}'`} language="bash" />
          <p>To verify receipts, install it with what that needs:</p>
          <CodeBlock title="With the verifier" code={`pip install '${python.name}[verify] @ ${url}'`} language="bash" />
        </PackageSection>
        <PackageSection
          id="typescript"
          title="TypeScript"
          served={getNpmPackage("daai-js")}
          install={
            <CodeBlock title="Shell, Node 20 or later" code={npmInstallSnippet(`${origin}${npmPackagePath("daai-js")}`)} language="bash" />
          }
          docs={{ href: "/docs/typescript-sdk", title: "TypeScript SDK documentation" }}
        >
          <p>
            Programs import it as <code className="font-mono">daai</code>. npm records its hash in{" "}
            <code className="font-mono">package-lock.json</code>, and <code className="font-mono">npm ci</code> rejects any other file.
          </p>
        </PackageSection>
        <PackageSection
          id="gateway"
          title="MCP gateway"
          served={getNpmPackage("daai-mcp")}
          install={
            <CodeBlock title="Shell, Node 20 or later" code={npmInstallSnippet(`${origin}${npmPackagePath("daai-mcp")}`)} language="bash" />
          }
          docs={{ href: "/docs/mcp-gateway", title: "MCP gateway documentation" }}
        >
          <p>
            A program, <code className="font-mono">daai-mcp</code>, that stands between an MCP client and an MCP server. It needs no other
            package.
          </p>
        </PackageSection>
      </main>
      <SiteFooter />
    </>
  );
}
