import { Link } from "@/components/ui/link";

const LINKS = [
  { href: "/docs/quickstart", label: "Quickstart" },
  { href: "/docs/api", label: "API reference" },
  { href: "/packages", label: "Packages" },
  { href: "/verify", label: "Verify a receipt" },
  { href: "/docs/limits", label: "Limits" },
  { href: "/docs/security", label: "Security" },
  { href: "/docs/self-hosting", label: "Self-hosting" },
] as const;

export function SiteFooter({ isWide = false }: { isWide?: boolean }) {
  return (
    <footer className="border-t border-line">
      <div
        className={`mx-auto flex flex-wrap gap-x-5 gap-y-1 px-5 pt-5 pb-8 text-sm text-muted sm:px-6 ${isWide ? "max-w-[1312px]" : "max-w-[1120px]"}`}
      >
        <span className="mr-auto py-1 max-sm:w-full">Self-hosted. One command, one database.</span>
        {LINKS.map(({ href, label }) => (
          <Link className="rounded-sm py-1 hover:text-ink hover:underline" href={href} prefetch={false} key={href}>
            {label}
          </Link>
        ))}
      </div>
    </footer>
  );
}
