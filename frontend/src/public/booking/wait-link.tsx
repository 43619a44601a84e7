import type { Page } from "./page";

/** Where to stand in line for `start`, or without one for a day to be chosen. */
export function waitPath({ init }: Page, zone: string, start?: string): string {
  const query = new URLSearchParams({ timezone: zone });
  if (start) query.set("start", start);
  return `/${init.organizer.slug}/${init.event_type.slug}/wait?${query}`;
}

/** "Tell me when a time frees up", where there is a waitlist and no booking to be moved. */
export function WaitLink({ page, zone }: { page: Page; zone: string }) {
  const { init, t } = page;
  if (!init.event_type.has_waitlist || init.reschedule) return null;
  return (
    <p className="after">
      <a href={waitPath(page, zone)}>{t("wait_for_day")}</a>
    </p>
  );
}
