"use client";

import { usePathname } from "next/navigation";
import { useState } from "react";
import { workspaceIdIn } from "@/components/shell/shell-links";
import { lateUnlessFirst } from "@/components/ui/late";
import { lateModule } from "@/components/ui/late-module";
import type { BannerFreeze } from "./freeze-list";

const FreezeList = lateUnlessFirst(lateModule(() => import("./freeze-list").then((loaded) => loaded.FreezeList)));

/** On every page of the console: what is frozen in the workspace of the page, or, outside of workspaces, in any of the reader's. */
export function FreezeBanner({ freezes }: { freezes: readonly BannerFreeze[] }) {
  const inAddress = workspaceIdIn(usePathname());
  const concerning = freezes.filter(({ workspaceId }) => workspaceId === null || inAddress === null || workspaceId === inAddress);
  const [startsFrozen] = useState(concerning.length > 0);
  return concerning.length === 0 ? null : <FreezeList isFirst={startsFrozen} props={{ concerning }} />;
}
