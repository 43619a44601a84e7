/** The patterns that most people mean; anything else is written as an RRULE (RFC 5545). */
export const RULE_PRESETS: readonly { rrule: string; label: string }[] = [
  { rrule: "FREQ=MONTHLY;BYDAY=1MO", label: "First Monday of the month" },
  { rrule: "FREQ=MONTHLY;BYDAY=-1FR", label: "Last Friday of the month" },
  { rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", label: "Every other Friday" },
  { rrule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA", label: "Every other Saturday" },
  { rrule: "FREQ=MONTHLY;BYMONTHDAY=1", label: "First day of the month" },
];

export function describeRule(rrule: string): string {
  const known = RULE_PRESETS.find((preset) => preset.rrule === rrule.replace(/^RRULE:/, ""));
  return known?.label ?? rrule;
}
