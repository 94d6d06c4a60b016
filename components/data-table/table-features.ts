import { columnVisibilityFeature, metaHelper, rowSelectionFeature, tableFeatures } from "@tanstack/react-table";
import type { ReactNode } from "react";

/** Where a cell stands when a row becomes two or three lines on a phone. */
export type PhonePlace = "title" | "aside" | "line" | "note" | "foot" | "hidden";

export interface ColumnMeta {
  /** Its name in the head and in the column chooser. */
  label: string;
  align?: "right";
  /** What `?sort=` calls it; without one the list cannot be sorted by it. */
  sortKey?: string;
  /** Default: hidden. */
  phone?: PhonePlace;
  /** On narrow screens less needed columns go first. */
  hiddenBelow?: "lg" | "xl";
  /** The name of the thing stays. */
  isAlwaysShown?: boolean;
  isHiddenAtFirst?: boolean;
  className?: string;
}

/** Rows are filtered, sorted and cut into pages by the database: the table in the browser selects and hides. */
export const features = tableFeatures({ rowSelectionFeature, columnVisibilityFeature, columnMeta: metaHelper<ColumnMeta>() });

/** A column of a list. Write them outside of components: the table wants the same ones at every drawing. */
export interface DataColumn<Row extends object> {
  id: string;
  meta: ColumnMeta;
  cell: (row: Row) => ReactNode;
}
