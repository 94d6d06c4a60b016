import { Icon, type IconNode, type LucideProps } from "lucide-react";

const NODE: IconNode = [
  ["path", { d: "M20.9 13.3A9 9 0 1 1 20.9 10.7", key: "face" }],
  ["path", { d: "M12 7v5.3l2.5 1.5", key: "hands" }],
  ["path", { d: "m16.5 16.5 5 5m0-5-5 5", key: "cross" }],
];

/** A clock with a cross, which lucide does not have: the time ran out. */
export function ClockXIcon(props: LucideProps) {
  return <Icon {...props} iconNode={NODE} />;
}
