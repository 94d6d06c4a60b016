"use client";

import { Columns3 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuCheckItem, MenuLabel } from "@/components/ui/menu";
import { rememberHidden, useHiddenColumns } from "./hidden-columns";
import type { DataColumn } from "./table-features";

/** Which columns are shown, remembered in this browser. On a phone there are none to choose. */
export function ColumnChooser<Row extends object>({ tableId, columns }: { tableId: string; columns: readonly DataColumn<Row>[] }) {
  const hidden = useHiddenColumns(tableId, columns);
  const toggle = (id: string, isShown: boolean) => {
    const next = new Set(hidden);
    if (isShown) next.delete(id);
    else next.add(id);
    rememberHidden(tableId, next);
  };
  return (
    <Menu
      label="Columns"
      trigger={
        <Button className="max-md:hidden" icon={<Columns3 />}>
          Columns
        </Button>
      }
    >
      <MenuLabel>Shown in the table</MenuLabel>
      {columns
        .filter(({ meta }) => meta.isAlwaysShown !== true)
        .map(({ id, meta }) => (
          <MenuCheckItem key={id} isChecked={!hidden.has(id)} onChange={(isShown) => toggle(id, isShown)}>
            {meta.label}
          </MenuCheckItem>
        ))}
    </Menu>
  );
}
