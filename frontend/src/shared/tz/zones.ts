/** IANA time zones: which the browser reports, what to call them, when two names mean one zone. */

/** Names that engines still list though the tz database renamed them, and today's names. */
const RENAMED: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Fort_Wayne": "America/Indiana/Indianapolis",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** Names of UTC, and of "the browser would not say" (privacy settings report these). */
const NOT_A_PLACE = /^(Etc\/.*|UTC|UCT|GMT[+\-\d]*|Zulu|Universal|Greenwich)$/i;

export const currentName = (zone: string): string => RENAMED[zone] ?? zone;

/** Whether two names mean one zone: aliases compare equal. */
export function isSameZone(one: string, other: string): boolean {
  return currentName(resolve(one)) === currentName(resolve(other));
}

function resolve(zone: string): string {
  return isKnownZone(zone)
    ? new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone
    : zone;
}

export function isKnownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return zone !== "";
  } catch {
    return false;
  }
}

/** The visitor's zone by its current name, or `null` when the browser names no place. */
export function detectZone(
  reported: string | undefined = new Intl.DateTimeFormat().resolvedOptions().timeZone,
): string | null {
  if (!reported || NOT_A_PLACE.test(reported) || !isKnownZone(reported)) return null;
  return currentName(reported);
}

export interface ZoneRegion {
  region: string;
  zones: string[];
}

/** Every zone this engine knows, by current name and by region; `UTC` comes first. */
export function zonesByRegion(): ZoneRegion[] {
  const regions = new Map<string, string[]>([["UTC", ["UTC"]]]);
  // An engine old enough not to know a zone's current name keeps the former one.
  const names = new Set(
    Intl.supportedValuesOf("timeZone").map((name) =>
      RENAMED[name] && isKnownZone(RENAMED[name]) ? RENAMED[name] : name,
    ),
  );
  for (const zone of [...names].sort()) {
    const [region, place] = zone.split("/");
    if (!region || !place || NOT_A_PLACE.test(zone)) continue;
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return [...regions].map(([region, zones]) => ({ region, zones }));
}

/** What to call a zone: its place ("Berlin", "Knox, Indiana"). */
export function zoneLabel(zone: string): string {
  const [, ...places] = currentName(zone).split("/");
  if (places.length === 0) return zone;
  return places.reverse().join(", ").replaceAll("_", " ");
}

/** Whether two zones show the same wall time at an instant. */
export function showSameTime(one: string, other: string, instant: string): boolean {
  return wallTime(one, instant) === wallTime(other, instant);
}

function wallTime(zone: string, instant: string): string {
  return new Date(instant).toLocaleString("en-GB", { timeZone: zone });
}
