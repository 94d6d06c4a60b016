import { Fingerprint, Lock, type LucideIcon, Scale, ShieldCheck } from "lucide-react";

const PRINCIPLES: readonly { icon: LucideIcon; title: string; text: string }[] = [
  {
    icon: Lock,
    title: "It decides, your code runs",
    text: "The console answers one question: may this run? It never runs anything. Credentials and side effects stay in your app.",
  },
  {
    icon: Scale,
    title: "No model decides",
    text: "Policies are plain, versioned rules. When a rule can’t read a value, a person decides.",
  },
  {
    icon: Fingerprint,
    title: "People see what was proposed",
    text: "Payloads are shown as plain data. Hidden and look-alike characters are made visible, and the agent’s own words are labeled.",
  },
  {
    icon: ShieldCheck,
    title: "It fails closed",
    text: "Without a response, nothing runs. A decision and its receipt are written together, or not at all.",
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
