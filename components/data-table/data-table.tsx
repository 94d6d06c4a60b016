"use client";

import { createColumnHelper, type RowSelectionState, useTable } from "@tanstack/react-table";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { CheckBox } from "@/components/ui/check-box";
import { ColumnHeader, edgeStyles } from "./column-header";
import { useHiddenColumns } from "./hidden-columns";
import { useListNavigation } from "./list-frame";
import { SelectionBar } from "./selection-bar";
import { type DataColumn, features, type PhonePlace } from "./table-features";

const PHONE_PLACES: Record<PhonePlace, string> = {
  title: "max-md:col-start-2 max-md:row-start-1 max-md:max-w-none max-md:font-medium max-md:wrap-anywhere max-md:whitespace-normal",
  aside:
    "max-md:col-start-3 max-md:row-start-1 max-md:max-w-[45vw] max-md:pl-2.5 max-md:text-right max-md:font-medium max-md:wrap-anywhere max-md:whitespace-normal",
  line: "max-md:col-start-2 max-md:row-start-2",
  note: "max-md:col-start-3 max-md:row-start-2 max-md:pl-2.5 max-md:text-right max-md:text-xs max-md:text-muted",
  foot: "max-md:col-start-2 max-md:col-end-4 max-md:row-start-3",
  hidden: "max-md:hidden",
};

const CELL =
  "h-9 border-b border-line px-2.5 py-1.5 whitespace-nowrap group-last/row:border-b-0 first:pl-4 last:pr-4 max-md:h-auto max-md:min-w-0 max-md:border-0 max-md:p-0 first:max-md:pl-0 last:max-md:pr-0";
const ROW =
  "group/row relative transition-colors hover:bg-hover has-[:focus-visible]:bg-hover aria-selected:bg-accent-soft aria-selected:shadow-[inset_2px_0_0_var(--color-accent)] max-md:grid max-md:grid-cols-[auto_minmax(0,1fr)_auto] max-md:items-center max-md:gap-y-0.5 max-md:border-b max-md:border-line max-md:px-4 max-md:py-2.5 max-md:last:border-b-0";

/**
 * Rows as the database gave them. Below 860 px each becomes two or three lines; the roles keep it a table for screen readers.
 * `columns` must be the same object at every drawing.
 */
export function DataTable<Row extends object>({
  tableId,
  columns,
  rows,
  rowId,
  rowLabel,
  sort = null,
  selectionActions,
  whenEmpty,
}: {
  /** Which columns are hidden is remembered under it. */
  tableId: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** What a row is called where it is ticked: "pay_supplier_invoice, 14:29". */
  rowLabel: (row: Row) => string;
  sort?: string | null;
  /** With it rows can be ticked; these are the buttons for those that are. */
  selectionActions?: (selected: readonly Row[], clear: () => void) => ReactNode;
  /** An EmptyState: what will appear, or that nothing matches. */
  whenEmpty: ReactNode;
}) {
  const { isPending } = useListNavigation();
  const hidden = useHiddenColumns(tableId, columns);
  const [rowSelection, setRowSelection] = useState<RowSelectionState>({});
  const canSelect = selectionActions !== undefined;
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map(({ id, meta, cell }) => helper.display({ id, meta, cell: ({ row }) => cell(row.original) }));
  }, [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: rowId,
    enableRowSelection: canSelect,
    state: { rowSelection, columnVisibility: Object.fromEntries([...hidden].map((id) => [id, false])) },
    onRowSelectionChange: setRowSelection,
  });
  const clear = () => setRowSelection({});
  const selected = rows.filter((row) => rowSelection[rowId(row)] === true);
  useClearOnEscape(selected.length > 0, clear);

  if (rows.length === 0) return <>{whenEmpty}</>;
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const edges = edgeStyles(headers.map(({ column }) => column.columnDef.meta));
  return (
    <>
      {selectionActions === undefined || selected.length === 0 ? null : (
        <SelectionBar count={selected.length} onClear={clear}>
          {selectionActions(selected, clear)}
        </SelectionBar>
      )}
      <div
        className={`relative overflow-x-auto transition-opacity md:max-h-[max(420px,calc(100dvh-232px))] md:overflow-y-auto ${isPending ? "opacity-60" : ""}`}
      >
        <table className="w-full border-separate border-spacing-0 text-sm max-md:block" role="table">
          <thead className="max-md:sr-only" role="rowgroup">
            <tr role="row">
              {canSelect ? (
                <th className="sticky top-0 z-2 h-8 w-0 border-b border-line bg-inset pr-1 pl-4" scope="col" role="columnheader">
                  <CheckBox
                    className="block"
                    aria-label="All rows of this page"
                    checked={selected.length === rows.length}
                    isMixed={selected.length > 0 && selected.length < rows.length}
                    onChange={table.getToggleAllRowsSelectedHandler()}
                  />
                </th>
              ) : null}
              {headers.map((header, place) => (
                <ColumnHeader key={header.id} meta={header.column.columnDef.meta} sort={sort} edge={edges[place] ?? ""} />
              ))}
            </tr>
          </thead>
          <tbody className="max-md:block" role="rowgroup">
            {table.getRowModel().rows.map((row) => (
              <tr className={ROW} key={row.id} role="row" aria-selected={canSelect ? row.getIsSelected() : undefined}>
                {canSelect ? (
                  <td className={`max-md:col-start-1 max-md:row-start-1 md:w-0 ${CELL} md:pr-1 max-md:!pr-2.5`} role="cell">
                    <CheckBox
                      className="z-1 block before:content-[''] after:absolute after:-inset-3"
                      aria-label={`Select ${rowLabel(row.original)}`}
                      checked={row.getIsSelected()}
                      onChange={row.getToggleSelectedHandler()}
                    />
                  </td>
                ) : null}
                {row.getVisibleCells().map((cell, place) => {
                  const { meta } = cell.column.columnDef;
                  return (
                    <td
                      className={`${CELL} ${PHONE_PLACES[meta?.phone ?? "hidden"]} ${meta?.align === "right" ? "text-right tabular-nums" : ""} ${edges[place] ?? ""} ${meta?.className ?? ""}`}
                      key={cell.id}
                      role="cell"
                    >
                      <table.FlexRender cell={cell} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function useClearOnEscape(isActive: boolean, clear: () => void) {
  useEffect(() => {
    if (!isActive) return;
    const listen = (event: KeyboardEvent) => {
      const isInside =
        event.target instanceof Element &&
        event.target.closest("[role=dialog],[role=menu],input:not([type=checkbox]),select,textarea") !== null;
      if (event.key === "Escape" && !event.defaultPrevented && !isInside) clear();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [isActive, clear]);
}
