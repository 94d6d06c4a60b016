import { CircleCheck, Clock, Link2Off } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { AuthCard } from "./auth-frame";
import { AuthOutcome } from "./auth-outcome";

const SCREENS = {
  used: { icon: CircleCheck, title: "This link was already used", text: "It worked once. Opening it again changed nothing." },
  expired: { icon: Clock, title: "This link has expired", text: "Opening it changed nothing." },
  unknown: {
    icon: Link2Off,
    title: "This link isn’t valid",
    text: "It may be incomplete, or a newer one may have replaced it. Use the link in the latest email.",
  },
} as const;

/** An invalid emailed link, with the way to a new one. */
export function ClosedLink({ state, again }: { state: keyof typeof SCREENS; again: { label: string; href: string } }) {
  const { icon, title, text } = SCREENS[state];
  return (
    <AuthCard>
      <AuthOutcome
        tone="no"
        icon={icon}
        title={title}
        action={
          <>
            <ButtonLink href={again.href}>{again.label}</ButtonLink>
            {again.href === "/sign-in" ? null : (
              <ButtonLink href="/sign-in" variant="ghost">
                Sign in
              </ButtonLink>
            )}
          </>
        }
      >
        <p>{text}</p>
      </AuthOutcome>
    </AuthCard>
  );
}
