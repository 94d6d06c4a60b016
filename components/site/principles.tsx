import { Fingerprint, Lock, type LucideIcon, Scale, ShieldCheck } from "lucide-react";

const PRINCIPLES: readonly { icon: LucideIcon; title: string; text: string }[] = [
  {
    icon: Lock,
    title: "It decides, your code runs",
    text: "The console answers one question: may this run. It never runs it. Credentials and side effects stay in your application.",
  },
  {
    icon: Scale,
    title: "No model decides",
    text: "Policies are plain rules with versions. What a rule cannot read goes to a person, never straight through.",
  },
  {
    icon: Fingerprint,
    title: "People see what was proposed",
    text: "Payloads are shown as data, with hidden and look-alike characters made visible, and the agent's words marked as such.",
  },
  {
    icon: ShieldCheck,
    title: "It fails closed",
    text: "Without an answer nothing runs. A decision and its receipt are written together, or not at all.",
  },
];

export function Principles() {
  return (
    <ul className="grid gap-x-10 gap-y-7 sm:grid-cols-2 lg:grid-cols-4">
      {PRINCIPLES.map(({ icon: Icon, title, text }) => (
        <li key={title}>
          <Icon className="size-5 text-live" strokeWidth={1.75} aria-hidden="true" />
          <h3 className="mt-2.5 text-base">{title}</h3>
          <p className="mt-1 max-w-[48ch] text-md text-muted">{text}</p>
        </li>
      ))}
    </ul>
  );
}
