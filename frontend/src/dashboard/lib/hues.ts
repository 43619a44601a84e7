export const HUES = ["teal", "blue", "violet", "rose", "coral", "amber", "green", "slate"] as const;

export type Hue = (typeof HUES)[number];

/** The class that carries an event type's colours; unknown names fall back to slate. */
export function hueClass(color: string | undefined): string {
  return `h-${HUES.find((hue) => hue === color) ?? "slate"}`;
}
