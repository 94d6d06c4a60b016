"use client";

import { LogOut } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { failureMessage } from "@/components/ui/failure-messages";
import { Menu, MenuItem, MenuLabel, MenuRadioItems, MenuSeparator } from "@/components/ui/menu";
import { requestLeave } from "@/components/ui/request-leave";
import { chooseTheme, chosenTheme, type Theme } from "@/components/ui/theme";
import { useToast } from "@/components/ui/toast";
import { NAV_ROW, ON_RAIL_HIDDEN } from "./nav-link";
import { ACCOUNT } from "./shell-links";
import { signOut } from "./sign-out";

const THEMES = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const satisfies readonly { value: Theme; label: string }[];

export interface ShellUser {
  name: string | null;
  email: string;
}

export function AccountMenu({ user, onGo }: { user: ShellUser; onGo?: () => void }) {
  const toast = useToast();
  const name = user.name ?? user.email;
  return (
    <Menu
      align="start"
      side="top"
      label="Your account"
      trigger={
        <button className={NAV_ROW} type="button">
          <Avatar name={name} />
          <span className={`truncate ${ON_RAIL_HIDDEN}`}>
            <span className="sr-only">Your account: </span>
            {name}
          </span>
        </button>
      }
    >
      <MenuLabel>
        <span className="block max-w-60 truncate">{user.email}</span>
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
    </Menu>
  );
}

function ThemeItems() {
  return <MenuRadioItems value={chosenTheme()} options={THEMES} onChange={(theme) => chooseTheme(theme as Theme)} />;
}
