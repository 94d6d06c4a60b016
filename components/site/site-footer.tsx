export function SiteFooter() {
  return (
    <footer className="flex flex-wrap gap-x-5 gap-y-2 border-t border-line pt-5 pb-8 text-sm text-muted">
      <span className="mr-auto max-sm:w-full">Self-hosted. One command, one database.</span>
      <a className="text-link" href="/docs/errors">
        Error codes
      </a>
      <a className="text-link" href="/api/openapi.json">
        OpenAPI
      </a>
    </footer>
  );
}
