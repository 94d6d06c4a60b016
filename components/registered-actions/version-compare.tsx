"use client";

import { Equal, PencilLine } from "lucide-react";
import { useState } from "react";
import { Card, CardHeader } from "@/components/ui/card";
import { Instant } from "@/components/ui/instant";
import { SelectInput } from "@/components/ui/select-input";
import { ACTION_FIELDS, type ActionField } from "@/lib/domain/policy/action-changes";
import { policySnapshot } from "@/lib/domain/policy/policy-snapshot";
import { rulesText } from "@/lib/domain/policy/rules/rules-text";
import type { ListedPolicyVersion } from "@/lib/registered-actions/list-policy-versions";
import { valueLabel } from "@/lib/words/action-value-labels";
import { RestoreButton } from "./restore-button";

const ROWS = [
  ["policy_type", "type"],
  ["threshold", "threshold"],
  ["currency", "currency"],
  ["amount_field", "amount_field"],
  ["currency_field", "currency_field"],
  ["rules", "rules"],
  ["approvals", "approvals"],
] as const satisfies readonly (readonly [ActionField, string])[];

/** Any two versions of a policy, side by side. What differs has a mark and a word. */
export function VersionCompare({
  workspaceId,
  name,
  configVersion,
  versions,
  mayManage,
  needsAnotherPerson,
}: {
  workspaceId: string;
  name: string;
  configVersion: number;
  /** The newest first. */
  versions: readonly ListedPolicyVersion[];
  mayManage: boolean;
  needsAnotherPerson: boolean;
}) {
  const [newest, previous] = versions;
  const [leftVersion, setLeft] = useState(previous?.version ?? newest?.version ?? 1);
  const [rightVersion, setRight] = useState(newest?.version ?? 1);
  const left = versions.find(({ version }) => version === leftVersion) ?? newest;
  const right = versions.find(({ version }) => version === rightVersion) ?? newest;
  if (newest === undefined || left === undefined || right === undefined) return null;

  return (
    <Card aria-labelledby="versions">
      <CardHeader title="Policy versions" id="versions" note={versions.length === 1 ? "1 version" : `${versions.length} versions`} />
      {versions.length === 1 ? (
        <p className="px-4 py-3.5 text-muted">
          Version 1, created by {newest.createdBy}, is in force. Editing the policy creates version 2. Runs decided by version 1 stay linked
          to it.
        </p>
      ) : (
        <table className="w-full table-fixed border-separate border-spacing-0 text-sm">
          <thead>
            <tr>
              <th className="w-32 px-4 py-3 text-left align-top text-xs font-normal text-muted max-sm:w-[84px] max-sm:px-3" scope="col">
                Compare
              </th>
              {(
                [
                  [left, setLeft, "Older version"],
                  [right, setRight, "Newer version"],
                ] as const
              ).map(([chosen, choose, label]) => (
                <th className="py-3 pr-4 text-left align-top font-normal max-sm:pr-3" scope="col" key={label}>
                  <SelectInput size="sm" aria-label={label} value={chosen.version} onChange={(event) => choose(Number(event.target.value))}>
                    {versions.map(({ version }) => (
                      <option key={version} value={version}>
                        Version {version}
                        {version === newest.version ? ", in force" : ""}
                      </option>
                    ))}
                  </SelectInput>
                  <p className="mt-1.5 text-xs wrap-anywhere text-muted">
                    {chosen.createdBy}, <Instant at={chosen.createdAt} format="short" />
                  </p>
                  {mayManage && !isSameRule(chosen, newest) ? (
                    <div className="mt-2">
                      <RestoreButton
                        workspaceId={workspaceId}
                        name={name}
                        configVersion={configVersion}
                        version={chosen}
                        current={newest}
                        needsAnotherPerson={needsAnotherPerson}
                      />
                    </div>
                  ) : null}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ROWS.map(([field, key]) => {
              const [one, other] = [valueLabel(field, shownOf(left)[key]), valueLabel(field, shownOf(right)[key])];
              const isChanged = one !== other;
              return (
                <tr className={isChanged ? "bg-wait-soft" : ""} key={field}>
                  <th className="border-t border-line px-4 py-2 text-left align-top text-xs font-normal text-muted max-sm:px-3" scope="row">
                    {ACTION_FIELDS[field]}
                    <span className={`flex items-center gap-1 ${isChanged ? "font-medium text-wait" : "text-subtle"}`}>
                      {isChanged ? (
                        <PencilLine className="size-3" strokeWidth={2} aria-hidden="true" />
                      ) : (
                        <Equal className="size-3" strokeWidth={2} aria-hidden="true" />
                      )}
                      {isChanged ? "changed" : "same"}
                    </span>
                  </th>
                  <td className="border-t border-line py-2 pr-4 align-top whitespace-pre-line wrap-anywhere max-sm:pr-3">{one}</td>
                  <td
                    className={`border-t border-line py-2 pr-4 align-top whitespace-pre-line wrap-anywhere max-sm:pr-3 ${isChanged ? "font-medium" : ""}`}
                  >
                    {other}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function isSameRule(one: ListedPolicyVersion, other: ListedPolicyVersion): boolean {
  return JSON.stringify(settingsOf(one)) === JSON.stringify(settingsOf(other));
}

/** A restored policy leaves the approvals as they are. */
function shownOf(version: ListedPolicyVersion) {
  return { ...settingsOf(version), approvals: version.stages.length === 0 ? "1" : version.stages.join(",\nthen ") };
}

/** The policy as it was entered, with its rules as text. */
function settingsOf({ rule }: ListedPolicyVersion) {
  return { ...policySnapshot(rule), rules: rule.rules ? rulesText(rule.rules) : null };
}
