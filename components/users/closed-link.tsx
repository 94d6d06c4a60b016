import { CircleCheck, Clock, Link2Off } from "lucide-react";
import { ButtonLink } from "@/components/ui/button-link";
import { AuthCard } from "./auth-frame";
import { AuthOutcome } from "./auth-outcome";

const SCREENS = {
  used: { icon: CircleCheck, title: "This link was used", text: "It worked once, and nothing was changed by opening it again." },
  expired: { icon: Clock, title: "This link is too old", text: "Nothing was changed by opening it." },
  unknown: {
    icon: Link2Off,
    title: "This link is not known here",
    text: "It was not copied whole, or a newer one was mailed. Open it from the newest mail.",
  },
} as const;

/** A mailed link that does not work, with the way to a new one. */
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
