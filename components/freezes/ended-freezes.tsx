import { VisibleText } from "@/components/action-runs/visible-text";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import type { ListedFreeze } from "@/lib/freezes/list-freezes";
import { frozenThing } from "@/lib/words/freeze-words";

/** What was frozen and has been thawed, the latest first. */
export function EndedFreezes({ freezes }: { freezes: readonly ListedFreeze[] }) {
  if (freezes.length === 0) return null;
  return (
    <Card aria-labelledby="ended">
      <CardHeader title="Thawed" id="ended" />
      <ul className="divide-y divide-line">
        {freezes.map((freeze) => (
          <li className="grid gap-0.5 px-4 py-3" key={freeze.id}>
            <p className="font-medium wrap-anywhere">
              <VisibleText text={frozenThing(freeze)} />
            </p>
            <p className="max-w-[72ch] wrap-anywhere">
              <VisibleText text={freeze.reason} />
            </p>
            <p className="text-xs text-muted wrap-anywhere">
              Frozen by {freeze.frozenBy} on <Instant at={freeze.frozenAt} />
            </p>
            {freeze.thawedAt === null ? null : (
              <p className="text-xs text-muted wrap-anywhere">
                Thawed by {freeze.thawedBy} on <Instant at={freeze.thawedAt} />
                {freeze.thawComment === null ? null : (
                  <>
                    . <VisibleText text={freeze.thawComment} />
                  </>
                )}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
