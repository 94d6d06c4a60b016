"use client";

import { Snowflake } from "lucide-react";
import { usePathname } from "next/navigation";
import { workspaceIdIn } from "@/components/shell/shell-links";
import { Link } from "@/components/ui/link";
import type { FreezeScope } from "@/lib/domain/runs/freeze-scope";
import { visibleText } from "@/lib/domain/text/hidden-characters";
import { frozenThing } from "@/lib/words/freeze-words";

export interface BannerFreeze {
  readonly id: string;
  readonly workspaceId: string | null;
  readonly scope: FreezeScope;
  readonly name: string | null;
  readonly reason: string;
  readonly frozenBy: string;
}

const MOST_SHOWN = 3;

export function FreezeList({ concerning }: { concerning: readonly BannerFreeze[] }) {
  const pathname = usePathname();
  const inAddress = workspaceIdIn(pathname);
  return (
    <ul className="divide-y divide-stop-line border-b border-stop-line bg-stop-soft print:hidden" aria-label="Frozen">
      {concerning.slice(0, MOST_SHOWN).map((freeze) => (
        <li className="flex items-start gap-2.5 px-8 py-2 max-xl:px-6 max-md:px-4" key={freeze.id}>
          <Snowflake className="mt-0.5 size-4 flex-none text-stop" strokeWidth={1.75} aria-hidden="true" />
          <p className="min-w-0 wrap-anywhere">
            <strong className="font-semibold text-stop">{visibleText(frozenThing(freeze))} is frozen.</strong> {visibleText(freeze.reason)}{" "}
            <span className="text-muted">({freeze.frozenBy})</span>{" "}
            {pathname.endsWith("/freezes") ? null : <PlaceLink workspaceId={freeze.workspaceId ?? inAddress} />}
          </p>
        </li>
      ))}
      {concerning.length > MOST_SHOWN ? <li className="px-8 py-2 max-md:px-4">{concerning.length - MOST_SHOWN} more are frozen.</li> : null}
    </ul>
  );
}

function PlaceLink({ workspaceId }: { workspaceId: string | null }) {
  if (workspaceId === null) return null;
  return (
    <Link className="text-link underline" href={`/workspaces/${workspaceId}/freezes`} prefetch={false}>
      See what may still be running
    </Link>
  );
}
