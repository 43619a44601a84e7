import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "../../components/icon";

/** The answer in one line, and a sentence about it. */
export function Verdict({
  icon,
  good = false,
  title,
  children,
}: {
  icon: LucideIcon;
  good?: boolean;
  title: string;
  children: ReactNode;
}) {
  return (
    <div className={good ? "ts-verdict good" : "ts-verdict"}>
      <Icon of={icon} size={20} />
      <div>
        <h2>{title}</h2>
        <p>{children}</p>
      </div>
    </div>
  );
}
