import { CircleAlert, Info } from "lucide-react";
import type { MDXComponents } from "mdx/types";
import { Children, type ComponentProps, cloneElement, isValidElement, type ReactElement, type ReactNode } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { TONE_BOX } from "@/components/ui/tone";
import { fillFor, type Reader } from "@/lib/docs/reader";
import type { SettingGroup } from "@/lib/docs/setting-texts";
import { MANAGEMENT_REQUESTS_PER_MINUTE } from "@/lib/domain/access/management-scopes";
import { inConsole } from "@/lib/net/base-path";
import { DocHeading } from "./doc-heading";
import { DocTable } from "./doc-table";
import { LimitsTable, LinkGuesses, SizesTable } from "./limit-tables";
import { PolicyTable } from "./policy-table";
import { RoleTable } from "./role-table";
import { ScopeTable } from "./scope-table";
import { Screenshot } from "./screenshot";
import { SettingTables } from "./setting-tables";
import { ExecutionStatusTable, GovernanceStatusTable, ReasonTable } from "./status-tables";
import { YourWorkspace } from "./your-workspace";

const hasChildren = (node: ReactNode): node is WithChildren => isValidElement<{ children?: ReactNode }>(node);

interface HeadingProps {
  id?: string;
  children?: React.ReactNode;
}

/** What the pages are drawn with: elements of Markdown, and the tables that are made from the domain. */
export function docComponents({ reader, settings }: { reader: Reader; settings: readonly SettingGroup[] }): MDXComponents {
  const fill = fillFor(reader);
  return {
    a: DocLink,
    h2: ({ id, children }: HeadingProps) => (
      <DocHeading level={2} id={id}>
        {children}
      </DocHeading>
    ),
    h3: ({ id, children }: HeadingProps) => (
      <DocHeading level={3} id={id}>
        {children}
      </DocHeading>
    ),
    pre: ({ children, "data-title": title }: { children?: React.ReactNode; "data-title"?: string }) => (
      <CodeFigure title={title} fill={fill}>
        {children}
      </CodeFigure>
    ),
    table: ({ children, "aria-label": label }: { children?: React.ReactNode; "aria-label"?: string }) => (
      <DocTable label={label}>{children}</DocTable>
    ),
    Anchor,
    Callout,
    ExecutionStatusTable,
    GovernanceStatusTable,
    LimitsTable,
    LinkGuesses,
    PolicyTable,
    ReasonTable,
    RoleTable,
    ScopeTable,
    ManagementRequestsPerMinute: () => <>{MANAGEMENT_REQUESTS_PER_MINUTE}</>,
    Screenshot,
    Settings: () => <SettingTables groups={settings} />,
    SizesTable,
    YourWorkspace: () => <YourWorkspace reader={reader} />,
  };
}

/** An earlier address of the heading below it, so that links to it from emails, errors and other pages still work. */
function Anchor({ id }: { id: string }) {
  return <span className="absolute scroll-mt-9" id={id} />;
}

/** Something not to be missed. */
function Callout({ tone = "live", title, children }: { tone?: "live" | "wait"; title: string; children: ReactNode }) {
  const Icon = tone === "live" ? Info : CircleAlert;
  return (
    <div className={`flex gap-2.5 rounded-lg border px-3.5 py-3 text-md ${TONE_BOX[tone]}`} role="note">
      <Icon className="mt-1 size-4 flex-none" strokeWidth={1.75} aria-hidden="true" />
      <div className="grid gap-1 text-ink">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
    </div>
  );
}

/** A code block of a page: a line that says what it is, a button that copies it, and the code, which scrolls sideways. */
function CodeFigure({
  title,
  fill = (text) => text,
  children,
}: ComponentProps<"pre"> & {
  title?: string | undefined;
  /** Puts what is known about the reader in the place of placeholders. */
  fill?: (text: string) => string;
}) {
  const filled = mapText(children, fill);
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-inset">
      <figcaption className="flex min-h-9 items-center justify-between gap-3 border-b border-line pr-1 pl-3.5 text-xs text-muted">
        <span className="truncate">{title ?? "Code"}</span>
        <CopyButton text={textOf(filled).trimEnd()} label={`Copy ${title ?? "the code"}`} words="Copy" />
      </figcaption>
      <Pre label={title ?? "Code"}>{filled}</Pre>
    </figure>
  );
}

function Pre({ label, children }: { label: string; children: ReactNode }) {
  return (
    <pre
      className="overflow-x-auto px-3.5 py-3 font-mono text-[0.78125rem] leading-[1.35rem] focus-visible:-outline-offset-2"
      tabIndex={0}
      aria-label={label}
    >
      {children}
    </pre>
  );
}

/** Our own pages open in place, the same page scrolls, and everything else is an ordinary link. */
function DocLink({ href = "", children }: ComponentProps<"a">) {
  if (href.startsWith("/docs")) {
    return (
      <Link className="text-link" href={href}>
        {children}
      </Link>
    );
  }
  return (
    <a className="text-link" href={inConsole(href)}>
      {children}
    </a>
  );
}

type WithChildren = ReactElement<{ children?: ReactNode }>;

/** All text inside, as it reads. */
function textOf(node: ReactNode): string {
  if (typeof node === "string" || typeof node === "number") return String(node);
  if (Array.isArray(node))
    return Children.toArray(node as ReactNode[])
      .map(textOf)
      .join("");
  return hasChildren(node) ? textOf(node.props.children) : "";
}

/** The same elements, with every text changed. */
function mapText(node: ReactNode, change: (text: string) => string): ReactNode {
  if (typeof node === "string") return change(node);
  if (Array.isArray(node)) return Children.map(node as ReactNode[], (child) => mapText(child, change));
  return hasChildren(node) ? cloneElement(node, {}, mapText(node.props.children, change)) : node;
}
