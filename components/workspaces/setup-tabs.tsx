import { Tabs } from "@/components/ui/tabs";

/** What acts: an app that asks through an SDK, or a coding agent whose hooks ask. */
export function SetupTabs({ workspaceId }: { workspaceId: string }) {
  const setup = `/workspaces/${workspaceId}/setup`;
  return (
    <Tabs
      label="Setup"
      items={[
        { href: setup, label: "Your app" },
        { href: `${setup}/coding-agents`, label: "Coding agents" },
      ]}
    />
  );
}
