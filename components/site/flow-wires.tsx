const WIRES = [
  "M249.6 92V146",
  "M331.2 180H524.4",
  "M279.6 212V292a8 8 0 0 0 8 8H345.2",
  "M510.4 300H600a8 8 0 0 0 8 -8V214",
  "M608 148V68a8 8 0 0 1 8 -8H703.6",
  "M868.8 60H958.4a8 8 0 0 1 8 8V146",
];

const HEADS = [
  "M249.6 148l-4 -7h8z",
  "M526.4 180l-7 -4v8z",
  "M347.2 300l-7 -4v8z",
  "M608 212l-4 7h8z",
  "M705.6 60l-7 -4v8z",
  "M966.4 148l-4 -7h8z",
];

// Positions are classes, because the content security policy allows no style attributes.
const LABELS = [
  { text: "intercept", place: "left-[23.28%] top-1/3" },
  { text: "allowed", place: "left-[40%] top-1/2" },
  { text: "pending approval", place: "left-[26.08%] top-2/3" },
  { text: "approved", place: "left-[52.16%] top-[83.33%]" },
  { text: "executable: true", place: "left-[56.72%] top-1/3" },
  { text: "executed or failed", place: "left-[90.15%] top-1/3" },
];

/** The arrows between the boxes of the picture, and what is said along them. */
export function FlowWires() {
  return (
    <>
      <svg
        className="absolute inset-0 z-1 size-full fill-none stroke-subtle stroke-[1.5]"
        viewBox="0 0 1072 360"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {WIRES.map((d) => (
          <path d={d} key={d} />
        ))}
        {HEADS.map((d) => (
          <path className="fill-subtle stroke-none" d={d} key={d} />
        ))}
      </svg>
      {LABELS.map(({ text, place }) => (
        <span
          className={`absolute z-3 -translate-1/2 rounded-full border border-line-strong bg-raised px-1.5 text-2xs whitespace-nowrap text-muted ${place}`}
          key={text}
        >
          {text}
        </span>
      ))}
    </>
  );
}
