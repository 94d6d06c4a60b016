import { ERROR_CODES, type ErrorCode } from "@/lib/domain/refusals/error-codes";

/** One code, with an anchor of its name; the one that the address points at is marked. */
export function ErrorCodeEntry({ code }: { code: ErrorCode }) {
  const { title, meaning } = ERROR_CODES[code];
  return (
    <div className="scroll-mt-20 px-4 py-3 target:bg-accent-soft" id={code}>
      <dt className="flex flex-wrap items-baseline gap-x-3">
        <a className="font-mono text-sm text-link" href={`#${code}`}>
          {code}
        </a>
        <span className="text-md font-medium">{title}</span>
      </dt>
      <dd className="mt-1 text-md text-muted">{meaning}</dd>
    </div>
  );
}
