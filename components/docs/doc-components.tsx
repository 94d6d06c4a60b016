import type { MDXComponents } from "mdx/types";
import { Callout } from "@/components/docs/callout";
import { CodeFigure } from "@/components/docs/code-figure";
import { DocHeading } from "@/components/docs/doc-heading";
import { DocLink } from "@/components/docs/doc-link";
import { DocTable } from "@/components/docs/doc-table";
import { LimitsTable, SizesTable } from "@/components/docs/limit-tables";
import { PolicyTable } from "@/components/docs/policy-table";
import { fillFor, type Reader } from "@/lib/docs/reader";
import { RoleTable } from "@/components/docs/role-table";
import { Screenshot } from "@/components/docs/screenshot";
import { SettingTables } from "@/components/docs/setting-tables";
import { ExecutionStatusTable, GovernanceStatusTable, ReasonTable } from "@/components/docs/status-tables";
import { YourWorkspace } from "@/components/docs/your-workspace";
import type { SettingGroup } from "@/lib/docs/setting-texts";

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
    table: ({ children }) => <DocTable>{children}</DocTable>,
    Callout,
    ExecutionStatusTable,
    GovernanceStatusTable,
    LimitsTable,
    PolicyTable,
    ReasonTable,
    RoleTable,
    Screenshot,
    Settings: () => <SettingTables groups={settings} />,
    SizesTable,
    YourWorkspace: () => <YourWorkspace reader={reader} />,
  };
}
