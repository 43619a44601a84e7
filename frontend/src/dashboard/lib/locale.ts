/**
 * The locale for dates and times. The dashboard's own words are English so far, and a date in
 * another language inside an English sentence reads worse than English throughout; so only the
 * English variant of the page's language counts. Plain "en" means the 24-hour clock.
 */
export function displayLocale(): string {
  const language = document.documentElement.lang;
  return language.startsWith("en-") ? language : "en-GB";
}

/** For component behaviour (arrow keys, placement), which follows the page's direction too. */
export function componentLocale(): string {
  return document.documentElement.dir === "rtl" ? "ar-AE" : displayLocale();
}

/** Languages an organizer's invitees may be written to in. */
export const LOCALES: readonly { value: string; label: string }[] = [
  { value: "en", label: "English" },
  { value: "en-gb", label: "English (United Kingdom)" },
  { value: "de", label: "Deutsch" },
  { value: "es", label: "Español" },
  { value: "fr", label: "Français" },
  { value: "pt", label: "Português" },
  { value: "ar", label: "العربية" },
  { value: "fa", label: "فارسی" },
];
