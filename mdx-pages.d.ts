/** A page of the documentation, with what lib/docs/rehype-sections.mjs adds to it. */
declare module "*.mdx" {
  import type { MDXProps } from "mdx/types";
  import type { DocSection } from "@/lib/docs/doc-section";

  export default function Content(props: MDXProps): React.JSX.Element;
  export const sections: readonly DocSection[];
}
