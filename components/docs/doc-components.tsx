import type { MDXComponents } from "mdx/types";
import { Callout } from "./callout";
import { CodeFigure } from "./code-figure";
import { DocHeading } from "./doc-heading";
import { DocLink } from "./doc-link";
import { DocTable } from "./doc-table";
import { LimitsTable, SizesTable } from "./limit-tables";
import { PolicyTable } from "./policy-table";
import { fillFor, type Reader } from "@/lib/docs/reader";
import { RoleTable } from "./role-table";
import { Screenshot } from "./screenshot";
import { SettingTables } from "./setting-tables";
import { ExecutionStatusTable, GovernanceStatusTable, ReasonTable } from "./status-tables";
import { YourWorkspace } from "./your-workspace";
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
