import type { CSSProperties } from "react";

/** A bar a day and their sum; bars are relative to the busiest day, the number says the rest. */
export function UsageCell({ counts }: { counts: readonly number[] }) {
  const busiest = Math.max(4, ...counts);
  const total = counts.reduce((sum, each) => sum + each, 0);
  return (
    <span className="cell">
      <span className="spark" aria-hidden="true">
        {counts.map((each, day) => (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the day
            key={day}
            data-none={each === 0 || undefined}
            style={{ "--v": (each / busiest) * 4 } as CSSProperties}
          />
        ))}
      </span>
      <span className="num">{total}</span>
      <span className="sr">bookings in the next 7 days</span>
    </span>
  );
}
