import type { MDXComponents } from "mdx/types";

/** Next demands this file. Pages of the documentation get their components as a prop, because some depend on the reader. */
export function useMDXComponents(): MDXComponents {
  return {};
}
