"use client";

import { Bookmark } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Late } from "@/components/ui/late";
import { lateModule } from "@/components/ui/late-module";
import { Popover } from "@/components/ui/popover";
import type { SavedViewsProps } from "./saved-views-panel";

const latePanel = lateModule(() => import("./saved-views-panel").then((loaded) => loaded.SavedViewsPanel));

/** The reader's own views of the list, and a form to name the current one. */
export function SavedViews(props: SavedViewsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const open = props.views.find(({ search }) => search === props.current);
  return (
    <Popover
      label="Saved views"
      align="end"
      width="w-80"
      open={isOpen}
      onOpenChange={setIsOpen}
      content={latePanel}
      trigger={
        <Button className="max-w-56" icon={<Bookmark />}>
          <span className="block min-w-0 truncate">{open?.name ?? "Views"}</span>
        </Button>
      }
    >
      <Late of={latePanel} props={{ ...props, close: () => setIsOpen(false) }} />
    </Popover>
  );
}
