import { VisibleText } from "@/components/action-runs/visible-text";

/** In whose name the decision is made: a mail that was passed on decides for the person it was sent to. */
export function AnswersAs({ email, size = "sm" }: { email: string; size?: "sm" | "xs" }) {
  return (
    <p className={`${size === "sm" ? "text-sm" : "text-xs"} text-muted wrap-anywhere`}>
      You answer as{" "}
      <strong className="font-semibold text-ink">
        <VisibleText text={email} />
      </strong>
      .
    </p>
  );
}
