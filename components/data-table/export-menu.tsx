"use client";

import { ChevronDown, Download, FileJson, FileSpreadsheet } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu";

/** All that the address means, as a file. `label` says what is in it. */
export function ExportMenu({ label, csvHref, jsonHref }: { label: string; csvHref: string; jsonHref: string }) {
  return (
    <Menu
      label="Export"
      trigger={
        <Button icon={<Download />}>
          Export
          <ChevronDown className="-mr-1 size-3.5 text-subtle" strokeWidth={2} aria-hidden="true" />
        </Button>
      }
    >
      <MenuLabel>{label}</MenuLabel>
      <MenuItem icon={<FileSpreadsheet />} href={csvHref} download>
        As CSV, for spreadsheets
      </MenuItem>
      <MenuItem icon={<FileJson />} href={jsonHref} download>
        As JSON, for programs
      </MenuItem>
    </Menu>
  );
}
