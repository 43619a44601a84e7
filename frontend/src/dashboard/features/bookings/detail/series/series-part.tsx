import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { dayInZone } from "../../../../../shared/dates/days";
import { type Booking, type SeriesPlace, seriesQuery } from "../../../../api/bookings";
import { Button } from "../../../../components/button";
import { LoadError, Waiting } from "../../../../components/states";
import { Tag } from "../../../../components/tag";
import { formatDay, formatTime } from "../../../../lib/instants";
import { ruleWords } from "../../../../lib/rule-words";
import { STATUS } from "../../status-tag";
import { exceptionOf, placeWords } from "./scope";

/** Shown at once; a long series opens on demand. */
const SHORT = 6;

/** Which date of its series a booking is, and the others. */
export function SeriesPart({
  booking,
  series,
  zone,
}: {
  booking: Booking;
  series: SeriesPlace;
  zone: string;
}) {
  const dates = useQuery(seriesQuery(series.id));
  const [isOpen, setOpen] = useState(false);
  const rule = ruleWords(series.rule);
  const all = dates.data ?? [];
  const shown = isOpen ? all : around(all, booking.id);
  return (
    <>
      <p className="muted">
        {placeWords(series)}
        {rule && `, ${rule.toLowerCase()}`}
      </p>
      {dates.isError && <LoadError error={dates.error} onRetry={() => dates.refetch()} />}
      {dates.isPending && <Waiting rows={3} height={32} />}
      <ol className="dates">
        {shown.map((date) => (
          <Occurrence key={date.id} date={date} isThis={date.id === booking.id} zone={zone} />
        ))}
      </ol>
      {shown.length < all.length && (
        <Button look="quiet" onClick={() => setOpen(true)}>
          Show all {all.length} dates
        </Button>
      )}
    </>
  );
}

function Occurrence({ date, isThis, zone }: { date: Booking; isThis: boolean; zone: string }) {
  const today = dayInZone(Date.now(), zone);
  const exception = exceptionOf(date);
  const words = (
    <>
      {formatDay(dayInZone(date.start_time, zone), today, "short")},{" "}
      <span className="t">{formatTime(date.start_time, zone)}</span>
    </>
  );
  return (
    <li data-gone={exception === "off" || undefined} aria-current={isThis ? "true" : undefined}>
      {isThis ? <b>{words}</b> : <Link to={`/bookings/${date.id}`}>{words}</Link>}
      {exception === "off" && <Tag>{STATUS[date.status].label}</Tag>}
      {exception === "moved" && <Tag>Moved</Tag>}
    </li>
  );
}

/** The stretch of a long list that holds the booking. */
function around(dates: readonly Booking[], id: string): readonly Booking[] {
  if (dates.length <= SHORT) return dates;
  const at = Math.max(
    dates.findIndex((date) => date.id === id),
    0,
  );
  const first = Math.min(Math.max(at - 2, 0), dates.length - SHORT + 1);
  return dates.slice(first, first + SHORT - 1);
}
