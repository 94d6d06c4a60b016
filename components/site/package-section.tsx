import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { KeyValueList, KeyValueRow } from "@/components/ui/key-value";
import { Link } from "@/components/ui/link";
import { inConsole } from "@/lib/net/base-path";
import type { ServedPackage } from "@/lib/packages/served-package";

const BYTES = new Intl.NumberFormat("en");

/** One of the packages that the console serves: how to install it, and which file it is. */
export function PackageSection({
  id,
  title,
  served: { name, version, fileName, path, bytes, sha256 },
  install,
  docs,
  children,
}: {
  id: string;
  title: string;
  served: ServedPackage;
  install: ReactNode;
  docs: { readonly href: string; readonly title: string };
  children: ReactNode;
}) {
  return (
    <section className="mt-8 grid gap-4" aria-labelledby={id}>
      <h2 className="text-xl" id={id}>
        {title}
      </h2>
      {install}
      <Card aria-label={`The package: ${title}`}>
        <KeyValueList>
          <KeyValueRow name="Package">
            {name} {version}
          </KeyValueRow>
          <KeyValueRow name="File">
            <a className="text-link" href={inConsole(path)} download>
              {fileName}
            </a>
          </KeyValueRow>
          <KeyValueRow name="Size">{BYTES.format(bytes.length)} bytes</KeyValueRow>
          <KeyValueRow name="SHA-256">{sha256}</KeyValueRow>
        </KeyValueList>
      </Card>
      {children}
      <p>
        <Link className="text-link" href={docs.href}>
          {docs.title}
        </Link>
      </p>
    </section>
  );
}
