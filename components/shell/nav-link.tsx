"use client";

import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { Tooltip } from "@/components/ui/tooltip";
import type { ShellLink } from "./shell-links";

/** Between 860 and 1180 px the sidebar is a rail: labels remain for screen readers and as tooltips. */
export const ON_RAIL_HIDDEN = "md:max-xl:sr-only";
export const NAV_ROW =
  "relative flex h-[30px] w-full cursor-pointer items-center gap-2.5 rounded-md px-2 text-left font-medium text-muted transition-colors hover:bg-pressed hover:text-ink focus-visible:-outline-offset-2 aria-[current]:bg-pressed aria-[current]:text-ink max-md:h-11 md:max-xl:h-9 md:max-xl:justify-center [&>svg]:size-4 [&>svg]:flex-none [&>svg]:text-subtle [&[aria-current]>svg]:text-link";

export function NavLink({ link, isCurrent, end }: { link: ShellLink; isCurrent: boolean; end?: ReactNode }) {
  const Icon = link.icon;
  return (
    <li>
      <RailHint label={link.label}>
        <Link className={NAV_ROW} href={link.href} aria-current={isCurrent ? "page" : undefined}>
          <Icon strokeWidth={1.75} aria-hidden="true" />
          <span className={`truncate ${ON_RAIL_HIDDEN}`}>{link.label}</span>
          {end}
        </Link>
      </RailHint>
    </li>
  );
}

function RailHint({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Tooltip label={label} side="right" className="hidden md:max-xl:block">
      {children}
    </Tooltip>
  );
}

/** On the rail, the number is a dot. */
export function WaitingCount({ count }: { count: number }) {
  if (count === 0) return null;
  const shown = count > 99 ? "99+" : count;
  return (
    <span className="ml-auto min-w-5 rounded-full border border-wait-line bg-wait-soft px-1.5 text-center text-2xs leading-[18px] font-medium text-wait tabular-nums md:max-xl:absolute md:max-xl:top-1.5 md:max-xl:right-1.5 md:max-xl:size-2 md:max-xl:min-w-0 md:max-xl:overflow-hidden md:max-xl:border-0 md:max-xl:bg-wait-solid md:max-xl:p-0 md:max-xl:text-transparent">
      {shown}
      <span className="sr-only"> pending</span>
    </span>
  );
}
