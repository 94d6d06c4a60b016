/** Shows "Step 2 of 2" as text and as marks. */
export function StepMarks({ step, count }: { step: number; count: number }) {
  return (
    <div className="flex items-center gap-2 text-sm text-muted">
      {Array.from({ length: count }, (_, index) => (
        <span className={`h-1 w-6 rounded-sm ${index < step ? "bg-link" : "bg-pressed"}`} key={index} aria-hidden="true" />
      ))}
      Step {step} of {count}
    </div>
  );
}
