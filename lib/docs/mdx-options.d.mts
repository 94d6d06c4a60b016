export const MDX_OPTIONS: { readonly remarkPlugins: readonly unknown[]; readonly rehypePlugins: readonly unknown[] };
