import { TriangleAlert } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import { limitReached } from "@/lib/words/limit-messages";

/** Above a form that would be refused: nobody fills it in for nothing. Nothing while there is room. */
export function LimitReachedNotice({
  name,
  used,
  limit,
  ownerId,
  isOperator,
}: {
  name: Parameters<typeof limitReached>[0];
  used: number;
  limit: number | null;
  ownerId: string;
  isOperator: boolean;
}) {
  if (limit === null || used < limit) return null;
  return (
    <div className="mb-4 max-w-[720px]">
      <Notice
        tone="wait"
        icon={TriangleAlert}
        title="Limit reached."
        action={
          isOperator ? (
            <ButtonLink size="sm" href={`/admin/users/${ownerId}`}>
              Raise the limit
            </ButtonLink>
          ) : undefined
        }
      >
        {limitReached(name, { used, limit })}
      </Notice>
    </div>
  );
}
