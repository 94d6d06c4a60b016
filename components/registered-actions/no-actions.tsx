import { Plus, Zap } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { newActionPath } from "@/lib/domain/policy/action-paths";

const STEPS = [
  ["Name it", "something your agent may want to do, such as refund_customer"],
  ["Choose when a person decides", "always, above an amount, or when the recipient is new"],
  ["Ask before acting", "your code calls intercept() with that name, and acts only if it may"],
] as const;

/** What an action is, for who has none. */
export function NoActions({ workspaceId, mayManage }: { workspaceId: string; mayManage: boolean }) {
  return (
    <EmptyState
      icon={Zap}
      title="No actions yet"
      action={
        mayManage ? (
          <ButtonLink href={newActionPath(workspaceId)} variant="primary" icon={<Plus />}>
            Register your first action
          </ButtonLink>
        ) : undefined
      }
    >
      <p>Proposals under a name that isn’t registered here are blocked.</p>
      <ol className="mx-auto mt-4 grid max-w-[36ch] gap-2 text-left">
        {STEPS.map(([title, text], place) => (
          <li className="grid grid-cols-[20px_minmax(0,1fr)] gap-2" key={title}>
            <span className="grid size-5 place-items-center rounded-full bg-pressed text-2xs font-medium tabular-nums" aria-hidden="true">
              {place + 1}
            </span>
            <span>
              <strong className="font-medium text-ink">{title}</strong>: {text}
            </span>
          </li>
        ))}
      </ol>
      {mayManage ? null : <p className="mt-4">An owner, admin or developer can register actions.</p>}
    </EmptyState>
  );
}
