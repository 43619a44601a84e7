/** Lucide icons (ISC) used by the public pages, inlined. Arrows mirror in right-to-left pages. */
const PATHS = {
  previous: "m15 18-6-6 6-6",
  next: "m9 18 6-6-6-6",
  down: "m6 9 6 6 6-6",
  onward: "M5 12h14M12 5l7 7-7 7",
  globe:
    "M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0M12 2a14.5 14.5 0 0 0 0 20 14.5 14.5 0 0 0 0-20M2 12h20",
  alert: "M22 12a10 10 0 1 1-20 0 10 10 0 0 1 20 0M12 8v4M12 16h.01",
  check: "M20 6 9 17l-5-5",
} as const;

const MIRRORED: readonly string[] = ["previous", "next", "onward"];

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className={MIRRORED.includes(name) ? "flip" : undefined}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
