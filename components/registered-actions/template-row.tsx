"use client";

import type { ActionTemplate } from "@/lib/domain/policy/action-templates";

/** Common actions to start from. Everything a template fills in can be changed. */
export function TemplateRow({ templates, onUse }: { templates: readonly ActionTemplate[]; onUse: (template: ActionTemplate) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-1.5" role="group" aria-label="Start from a template">
      <span className="text-sm text-muted">Start from a template:</span>
      {templates.map((template) => (
        <button
          className="inline-flex h-7 cursor-pointer items-center rounded-full border border-line-strong bg-surface px-2.5 text-sm hover:bg-hover max-md:h-11"
          key={template.title}
          type="button"
          title={template.description}
          onClick={() => onUse(template)}
        >
          {template.title}
        </button>
      ))}
    </div>
  );
}
