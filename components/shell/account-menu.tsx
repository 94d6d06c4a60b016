"use client";

import { Avatar } from "@/components/ui/avatar";
import { Late } from "@/components/ui/late";
import { lateModule } from "@/components/ui/late-module";
import { Menu } from "@/components/ui/menu";
import { NAV_ROW, ON_RAIL_HIDDEN } from "./nav-link";

const lateItems = lateModule(() => import("./account-menu-items").then((loaded) => loaded.AccountMenuItems));

export interface ShellUser {
  name: string | null;
  email: string;
}

export function AccountMenu({ user, onGo }: { user: ShellUser; onGo?: () => void }) {
  const name = user.name ?? user.email;
  return (
    <Menu
      align="start"
      side="top"
      label="Your account"
      content={lateItems}
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
      <Late of={lateItems} props={{ email: user.email, onGo }} />
    </Menu>
  );
}
