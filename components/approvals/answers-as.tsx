import { VisibleText } from "@/components/action-runs/visible-text";

/** In whose name the decision is made: a mail that was passed on decides for the person it was sent to. */
export function AnswersAs({ email }: { email: string }) {
  return (
    <p className="text-sm text-muted wrap-anywhere">
      You answer as{" "}
      <strong className="font-semibold text-ink">
        <VisibleText text={email} />
      </strong>
      .
    </p>
  );
}
