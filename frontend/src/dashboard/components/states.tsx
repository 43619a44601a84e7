import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { messageOf } from "../api/problem";
import { Button } from "./button";
import { Dial } from "./dial";
import { Icon } from "./icon";

/** Nothing for 200 ms, then still blocks of the final size. */
export function Waiting({ rows = 4, height = 64 }: { rows?: number; height?: number }) {
  return (
    <div className="wait" aria-busy="true">
      <span className="sr">Loading</span>
      <div className="block" style={{ blockSize: rows * height }} />
    </div>
  );
}

/** A fault in place: what happened, and Try again. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return (
    <div className="banner bad" role="alert">
      <Icon of={CircleAlert} />
      <p>{messageOf(error)}</p>
      {onRetry && <Button onClick={onRetry}>Try again</Button>}
    </div>
  );
}

/** Dial, one sentence, one action. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="empty">
      <Dial minutes={30} />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
