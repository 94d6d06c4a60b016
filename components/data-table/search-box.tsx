"use client";

import { useListNavigation } from "./list-frame";
import { SearchInput } from "./search-input";

/** The search of a list, kept in its address. */
export function SearchBox({
  label,
  placeholder,
  param = "q",
  maxLength,
}: {
  label: string;
  placeholder: string;
  param?: string;
  maxLength?: number;
}) {
  const { params, change } = useListNavigation();
  return (
    <SearchInput
      className="w-60 flex-none max-md:w-44"
      label={label}
      placeholder={placeholder}
      maxLength={maxLength}
      value={params.get(param) ?? ""}
      onSearch={(text) => change({ [param]: text })}
    />
  );
}
