import { VisibleText } from "@/components/action-runs/visible-text";

/** In whose name the decision is made: a forwarded email decides for the person it was sent to. */
export function AnswersAs({ email, size = "sm" }: { email: string; size?: "sm" | "xs" }) {
  return (
    <p className={`${size === "sm" ? "text-sm" : "text-xs"} text-muted wrap-anywhere`}>
      You’re deciding as{" "}
      <strong className="font-semibold text-ink">
        <VisibleText text={email} />
      </strong>
      .
    </p>
  );
}
