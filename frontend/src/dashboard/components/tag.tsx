import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export type Tone = "neutral" | "ok" | "warn" | "danger";

export function Tag({
  tone = "neutral",
  icon: Icon,
  children,
}: {
  tone?: Tone;
  icon?: LucideIcon;
  children: ReactNode;
}) {
  return (
    <span className={tone === "neutral" ? "tag" : `tag ${tone}`}>
      {Icon && <Icon aria-hidden="true" strokeWidth={1.75} />}
      {children}
    </span>
  );
}
