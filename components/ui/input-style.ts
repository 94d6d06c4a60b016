/** What can be typed in: a line that is seen (3:1), 16 px letters on phones so that they do not zoom. */
export const INPUT_STYLE =
  "w-full rounded-md border border-line-control bg-surface px-2.5 text-sm text-ink transition-colors placeholder:text-subtle hover:border-muted focus-visible:border-focus focus-visible:-outline-offset-1 disabled:cursor-not-allowed disabled:border-line disabled:bg-inset disabled:text-disabled aria-invalid:border-stop-solid aria-invalid:shadow-[inset_0_0_0_1px_var(--color-stop-solid)] max-md:text-lg";
