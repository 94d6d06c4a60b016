import Link from "next/link";
import { Brand } from "@/components/site/brand";
import { ThemeToggle } from "@/components/ui/theme-toggle";

const LINKS = [
  { href: "/docs/errors", label: "Error codes" },
  { href: "/api/openapi.json", label: "OpenAPI" },
] as const;

/** The head of the public pages, with a way past it for the keyboard. */
export function SiteHeader() {
  return (
    <>
      <a
        className="absolute -top-16 left-2 z-10 rounded-md bg-accent px-3 py-2 text-md text-on-accent focus:top-2"
        href="#main"
      >
        Skip to content
      </a>
      <header className="-mr-2.5 flex h-16 items-center gap-1">
        <Link className="mr-auto rounded-sm" href="/" prefetch={false}>
          <Brand />
        </Link>
        <nav className="contents" aria-label="Site">
          {LINKS.map((link) => (
            <a
              className="hidden h-10 items-center rounded-lg px-3 text-md font-medium text-muted hover:bg-pressed hover:text-ink sm:flex"
              key={link.href}
              href={link.href}
            >
              {link.label}
            </a>
          ))}
        </nav>
        <ThemeToggle />
      </header>
    </>
  );
}
