import { useLayoutEffect, useRef } from "react";
import type { Clock } from "../../shared/dates/formats";
import { zoneLabel } from "../../shared/tz/zones";
import { Icon } from "../icon";
import { hostTime } from "./choice-bar";
import type { Page } from "./page";
import type { BookingAnswer } from "./requests";

const CALENDARS: Readonly<Record<string, string>> = {
  google: "Google",
  outlook: "Outlook",
  office365: "Office 365",
  yahoo: "Yahoo",
};

interface ConfirmationProps {
  page: Page;
  booking: BookingAnswer;
  email: string;
  zone: string;
  clock: Clock;
}

/** The last step. It alone is enough to attend, should the mail never arrive. */
export function Confirmation({ page, booking, email, zone, clock }: ConfirmationProps) {
  const { t, init } = page;
  const { organizer, event_type: eventType } = init;
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);

  const isPending = booking.status === "pending";
  const isGroup = eventType.max_attendees > 1;
  const host = hostTime(page, booking.start_time, zone, clock);

  return (
    <section className="panel done" aria-labelledby="done-title">
      <p className="badge">
        <Icon name="check" />
      </p>
      <h2 id="done-title" tabIndex={-1} ref={heading}>
        {t(isPending ? "pending_title" : isGroup ? "done_title_group" : "done_title")}
      </h2>
      <p className="lead">
        {t(isPending ? "pending_sent" : "done_sent", { email, name: organizer.name })}
      </p>
      <dl>
        <dt>{t("when")}</dt>
        <dd>
          {page.dayAndTime(booking.start_time, zone, clock)} –{" "}
          {page.time(booking.end_time, zone, clock)}
          <small>
            {t("bar_zone", { zone: zoneLabel(zone) })}
            {host && t("separator") + host}
          </small>
        </dd>
        <dt>{t("who")}</dt>
        <dd>{booking.hosts.map(({ name }) => name).join(", ") || organizer.name}</dd>
        <dt>{t("where")}</dt>
        <dd>
          {booking.meeting_link ? (
            <a href={booking.meeting_link}>{t("join")}</a>
          ) : (
            eventType.location_label
          )}
        </dd>
      </dl>
      {booking.bookings && booking.bookings.length > 1 && (
        <>
          <h3 className="part">{t.plural("series_dates", booking.bookings.length)}</h3>
          <ol className="dates">
            {booking.bookings.map((one) => (
              <li key={one.start_time}>
                <a href={one.manage_url}>{page.dayAndTime(one.start_time, zone, clock)}</a>
              </li>
            ))}
          </ol>
        </>
      )}
      {!isPending && (
        <>
          <h3 className="part">{t("add_to_calendar")}</h3>
          <ul className="links">
            {Object.entries(booking.calendar_links).map(([calendar, href]) => (
              <li key={calendar}>
                <a href={href} target="_blank" rel="noopener noreferrer">
                  {CALENDARS[calendar] ?? calendar}
                </a>
              </li>
            ))}
            <li>
              <a href={booking.calendar_url}>{t("ics_file")}</a>
            </li>
          </ul>
        </>
      )}
      <p className="after">
        <a href={booking.manage_url}>{t("manage")}</a>
      </p>
    </section>
  );
}
