import { initials } from "./initials";

const SIZES = { xs: "size-4 text-[8px]", md: "size-[22px] text-[10px]", lg: "size-7 text-[11px]" } as const;

/** Initials: round for people, square for workspaces. The name stands beside it, so it is not read out. */
export function Avatar({ name, isSquare = false, size = "md" }: { name: string; isSquare?: boolean; size?: keyof typeof SIZES }) {
  return (
    <span
      className={`grid flex-none place-items-center border border-line-strong bg-pressed leading-none font-semibold tracking-[0.02em] text-muted ${isSquare ? "rounded-sm" : "rounded-full"} ${SIZES[size]}`}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}
