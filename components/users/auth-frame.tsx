import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { ThemeToggle } from "@/components/ui/theme-toggle";

/** The layout of pages before sign-in: one card in the middle. */
export function AuthFrame({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr_auto] justify-items-center px-4">
      <div className="-mr-1 flex h-14 w-full items-center justify-end">
        <ThemeToggle />
      </div>
      <main className="grid w-full max-w-[368px] content-center gap-5 py-4 max-md:content-start">{children}</main>
      <footer className="px-2 py-6 text-center text-xs text-balance text-subtle">
        Approvers don’t need an account. The link in the email is enough.
      </footer>
    </div>
  );
}

/** The mark, what is done here, and on which console. */
export function AuthHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-3 text-center">
      <Link className="rounded-md" href="/" aria-label="DAAI Console">
        <svg className="size-7" viewBox="0 0 18 18" aria-hidden="true">
          <rect className="fill-ink" x="1" y="1" width="4" height="16" rx="1" />
          <path className="fill-link" d="M7 1h2a8 8 0 0 1 0 16H7z" />
        </svg>
      </Link>
      <div>
        <h1 className="text-xl tracking-title wrap-anywhere">{title}</h1>
        {children === undefined ? null : <p className="mt-0.5 text-muted wrap-anywhere">{children}</p>}
      </div>
    </div>
  );
}

export function AuthCard({ children }: { children: ReactNode }) {
  return <div className="grid gap-4 rounded-xl border border-line bg-surface p-6 shadow-card max-md:p-5">{children}</div>;
}

/** The other way, below the card: "No account yet? Create one". */
export function AuthFooter({ children }: { children: ReactNode }) {
  return <p className="text-center text-muted">{children}</p>;
}
