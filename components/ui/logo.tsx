"use client";

// A drawing of a server component may come in parts, which React joins with a style attribute that the content security policy
// refuses. As a client component it comes whole.
export function Logo() {
  return (
    <svg className="size-[18px] flex-none" viewBox="0 0 18 18" aria-hidden="true">
      <rect className="fill-ink" x="1" y="1" width="4" height="16" rx="1" />
      <path className="fill-link" d="M7 1h2a8 8 0 0 1 0 16H7z" />
    </svg>
  );
}
