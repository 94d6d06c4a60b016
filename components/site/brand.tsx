import { Logo } from "@/components/ui/logo";

export function Brand() {
  return (
    <span className="flex items-center gap-2 text-md font-semibold tracking-title">
      <Logo />
      DAAI Console
    </span>
  );
}
