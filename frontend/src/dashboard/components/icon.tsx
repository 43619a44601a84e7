import type { LucideIcon } from "lucide-react";

/** A 16 px line icon that says nothing by itself; `flip` mirrors it where text runs right to left. */
export function Icon({
  of: Glyph,
  size = 16,
  flip = false,
}: {
  of: LucideIcon;
  size?: number;
  flip?: boolean;
}) {
  return (
    <Glyph
      aria-hidden="true"
      size={size}
      strokeWidth={1.75}
      {...(flip ? { className: "flip" } : {})}
    />
  );
}
