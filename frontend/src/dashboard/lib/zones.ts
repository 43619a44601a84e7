import { currentName, detectZone, zoneLabel, zonesByRegion } from "../../shared/tz/zones";
import { displayLocale } from "./locale";

/** "Europe/Lisbon" -> "Lisbon": the place alone, for "09:30 in Lisbon". */
export function zoneCity(zone: string): string {
  return zoneLabel(zone).split(", ")[0] ?? zone;
}

/** "GMT+1" for the zone at that moment; empty for a zone that this browser does not know. */
export function zoneOffset(zone: string, at: Date): string {
  try {
    const parts = new Intl.DateTimeFormat(displayLocale(), {
      timeZone: zone,
      timeZoneName: "shortOffset",
    }).formatToParts(at);
    return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
  } catch {
    return "";
  }
}

/** The zone to start with; UTC when the browser names no place. */
export function browserZone(): string {
  return detectZone() ?? "UTC";
}

/** Every zone to choose from, the current value included. */
export function allZones(current: string): string[] {
  const known = zonesByRegion().flatMap((region) => region.zones);
  return [...new Set([...known, currentName(current)])].sort();
}
