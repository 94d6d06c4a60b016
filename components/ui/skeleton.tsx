/** A gray bar where words will be; give it the width of those words. */
export function Skeleton({ className = "w-24" }: { className?: string }) {
  return (
    <span className={`inline-block h-2.5 max-w-full animate-breathe rounded-sm bg-pressed align-middle ${className}`} aria-hidden="true" />
  );
}

/** Tells screen readers once that the whole page is loading. */
export function LoadingWords({ what }: { what: string }) {
  return (
    <p className="sr-only" role="status">
      Loading {what}
    </p>
  );
}
