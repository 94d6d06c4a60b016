import { Hourglass } from "lucide-react";
import { Outcome } from "@/components/ui/outcome";

export function TooManyAttempts({ retryAfterSeconds }: { retryAfterSeconds: number }) {
  const seconds = Math.max(1, Math.ceil(retryAfterSeconds));
  return (
    <Outcome tone="wait" icon={Hourglass} title="Too many links opened">
      Too many links were opened from your network. Nothing was changed. Open this one again in {seconds}{" "}
      {seconds === 1 ? "second" : "seconds"}.
    </Outcome>
  );
}
