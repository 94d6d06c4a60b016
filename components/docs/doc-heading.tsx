import type { ReactNode } from "react";

/** A heading whose address can be copied from it. */
export function DocHeading({ level, id, children }: { level: 2 | 3; id?: string | undefined; children: ReactNode }) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <Heading id={id}>
      <a className="doc-anchor" href={`#${id ?? ""}`}>
        {children}
      </a>
    </Heading>
  );
}
