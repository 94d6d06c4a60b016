"use client";

import { LogOut } from "lucide-react";
import { failureMessage } from "@/components/ui/failure-messages";
import { MenuItem, MenuLabel, MenuRadioItems, MenuSeparator } from "@/components/ui/menu";
import { requestLeave } from "@/components/ui/request-leave";
import { chooseTheme, chosenTheme, type Theme } from "@/components/ui/theme";
import { useToast } from "@/components/ui/toast";
import { ACCOUNT } from "./shell-links";
import { signOut } from "./sign-out";

const THEMES = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const satisfies readonly { value: Theme; label: string }[];

export function AccountMenuItems({ email, onGo }: { email: string; onGo: (() => void) | undefined }) {
  const toast = useToast();
  return (
    <>
      <MenuLabel>
        <span className="block max-w-60 truncate">{email}</span>
      </MenuLabel>
      <MenuItem icon={<ACCOUNT.icon />} href={ACCOUNT.href} onSelect={onGo}>
        {ACCOUNT.label}
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <ThemeItems />
      <MenuSeparator />
      <MenuItem
        icon={<LogOut />}
        onSelect={() => {
          requestLeave(() => {
            signOut().catch((error: unknown) =>
              toast.show({ tone: "stop", title: "You’re still signed in", children: failureMessage(error) }),
            );
          });
        }}
      >
        Sign out
      </MenuItem>
    </>
  );
}

function ThemeItems() {
  return <MenuRadioItems value={chosenTheme()} options={THEMES} onChange={(theme) => chooseTheme(theme as Theme)} />;
}
