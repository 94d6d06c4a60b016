import type { ReactNode } from "react";

export interface PlainColumn<Row> {
  head: string;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
  /** What can be spared first when the window is narrow. */
  isWideOnly?: boolean;
  /** It takes the room that the others leave, and is cut off where that is little: give it a title. */
  isElastic?: boolean;
  /** Where it stands on a phone, where a row is a few lines: first, at the right of it, below, at the right below, or nowhere. */
  place?: "name" | "beside" | "second" | "end" | "hidden";
}

const PLACES = {
  name: "max-md:order-1 max-md:min-w-0",
  beside: "max-md:order-2 max-md:text-right",
  cell: "max-md:order-4 max-md:min-w-0",
  second: "max-md:order-3 max-md:col-span-2 max-md:truncate max-md:text-xs max-md:text-muted",
  end: "max-md:order-5 max-md:text-right max-md:text-xs max-md:text-muted",
  hidden: "max-md:hidden",
} as const;
/** Short cells take the width they need; long names and numbers wrap. */
const CONTENT = "w-max max-w-52 break-words whitespace-normal max-md:w-auto max-md:max-w-none";
const NUMBER = "ml-auto w-max max-w-44 break-words whitespace-normal max-md:max-w-[40vw]";
const CELL = "h-9 px-3 py-1.5 whitespace-nowrap first:pl-4 last:pr-4 max-md:h-auto max-md:p-0 max-md:first:pl-0 max-md:last:pr-0";

/** A short table without sorting. Rows react to the pointer only if one of their links covers the row (ROW_LINK). */
export function PlainTable<Row>({
  label,
  columns,
  rows,
  keyOf,
}: {
  label: string;
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}) {
  return (
    <table className="w-full border-collapse max-md:block" aria-label={label}>
      <thead className="border-b border-line bg-inset max-md:hidden">
        <tr>
          {columns.map(({ head, isNumber, isWideOnly }) => (
            <th
              className={`h-8 px-3 text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4 ${isNumber ? "text-right" : "text-left"} ${isWideOnly ? "max-lg:hidden" : ""}`}
              key={head}
              scope="col"
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map((row) => (
          <tr
            className="relative border-b border-line transition-colors last:border-0 has-[.row-link]:hover:bg-hover max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:gap-x-3 max-md:gap-y-0.5 max-md:px-4 max-md:py-2.5"
            key={keyOf(row)}
          >
            {columns.map(({ head, cell, isNumber, isWideOnly, isElastic, place }) => (
              <td
                className={`${CELL} ${isNumber ? "text-right tabular-nums" : ""} ${isWideOnly ? "max-lg:hidden" : ""} ${isElastic ? "md:w-full md:max-w-0 md:truncate" : ""} ${PLACES[place ?? "cell"]}`}
                key={head}
              >
                <div className={isNumber ? NUMBER : isElastic ? "truncate" : place === "name" ? CONTENT : undefined}>{cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The link that makes a whole row of a table pressable. */
export const ROW_LINK =
  "row-link font-medium after:absolute after:inset-0 focus-visible:outline-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus";
