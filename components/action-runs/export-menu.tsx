"use client";

import { ChevronDown, Download, FileJson, FileSpreadsheet } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu";
import { firstPage, runSearchParams, type ExportFormat, type RunSearch } from "@/lib/action-runs/schema";

/** All that the address means, or these of it, as a file. */
export function exportHref(path: string, search: RunSearch, format: ExportFormat, ids: readonly string[] = []): string {
  const params = runSearchParams(firstPage(search));
  params.set("format", format);
  if (ids.length > 0) params.set("id", ids.join(","));
  return `${path}/export?${params.toString()}`;
}

export function ExportMenu({ path, search, count }: { path: string; search: RunSearch; count: number | null }) {
  const what = count === null ? "all that match" : count === 1 ? "1 run" : `${new Intl.NumberFormat("en").format(count)} runs`;
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
      <MenuLabel>Export {what}, with payloads</MenuLabel>
      <MenuItem icon={<FileSpreadsheet />} href={exportHref(path, search, "csv")} download>As CSV, for spreadsheets</MenuItem>
      <MenuItem icon={<FileJson />} href={exportHref(path, search, "json")} download>As JSON, for programs</MenuItem>
    </Menu>
  );
}
