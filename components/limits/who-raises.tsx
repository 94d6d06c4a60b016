import { Link } from "@/components/ui/link";
import { WHO_RAISES_LIMITS } from "@/lib/domain/access/limits";

/** Who lifts a limit; for the operator the way there. */
export function WhoRaises({ ownerId, isOperator }: { ownerId: string; isOperator: boolean }) {
  if (!isOperator) return <>{WHO_RAISES_LIMITS}</>;
  return (
    <Link className="text-link" href={`/admin/users/${ownerId}`}>
      Raise the limit
    </Link>
  );
}
