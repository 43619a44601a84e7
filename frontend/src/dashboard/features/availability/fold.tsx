import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "../../components/icon";

/** What is of little interest now; shown when asked for. */
export function Fold({
  title,
  children,
  onOpen,
}: {
  title: string;
  children: ReactNode;
  onOpen?: () => void;
}) {
  return (
    <details
      className="fold"
      onToggle={(event) => {
        if (event.currentTarget.open) onOpen?.();
      }}
    >
      <summary>
        <Icon of={ChevronRight} flip />
        {title}
      </summary>
      {children}
    </details>
  );
}
