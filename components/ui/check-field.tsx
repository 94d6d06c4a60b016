/** A tick that must be set before its form can be sent. */
export function CheckField({ name, value, label }: { name: string; value: string; label: string }) {
  return (
    <label className="flex cursor-pointer items-start gap-3 rounded-lg border border-line-control bg-surface px-4 py-3.5 text-base has-checked:border-accent has-checked:bg-accent-soft">
      <input
        className="relative size-[22px] flex-none cursor-pointer appearance-none rounded-sm border border-line-control bg-surface before:absolute before:top-[5px] before:left-1 before:h-[7px] before:w-3 before:-rotate-45 before:border-b-2 before:border-l-2 before:border-on-accent before:opacity-0 checked:border-accent checked:bg-accent checked:before:opacity-100"
        type="checkbox"
        name={name}
        value={value}
        required
      />
      <span>{label}</span>
    </label>
  );
}
