import type { ComponentProps } from "react";

/** A native checkbox that says "switch"; needs a label or an aria-label. */
export function Switch({ className, ...props }: Omit<ComponentProps<"input">, "type" | "role">) {
  return (
    <input
      type="checkbox"
      // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its own state
      role="switch"
      className={className ? `sw ${className}` : "sw"}
      {...props}
    />
  );
}
