import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useSearchParams } from "react-router";
import { addDays, dayInZone } from "../../../../shared/dates/days";
import { type Booking, bookingsBetweenQuery } from "../../../api/bookings";
import { useMe } from "../../../api/me";
import { schedulesQuery } from "../../../api/schedules";
import { Button } from "../../../components/button";
import { Icon } from "../../../components/icon";
import { LoadError } from "../../../components/states";
import { dayStart } from "../../../lib/instants";
import { useWide } from "../../../lib/use-wide";
import { ViewSwitch } from "../view-switch";
import { weekOf } from "./layout";
import { WeekAgenda } from "./week-agenda";
import { WeekGrid } from "./week-grid";
import { weekTitle } from "./week-title";
import "./week.css";

/** Shown in the grid; a moved booking stands at its new time only. */
const SHOWN = "pending,confirmed,completed,no_show,cancelled";

export default function WeekView({
  zone,
  now,
  selected,
  onSelect,
}: {
  zone: string;
  now: number;
  selected: string | null;
  onSelect: (booking: Booking) => boolean;
}) {
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const roomy = useWide(761);
  const today = dayInZone(now, zone);
  const asked = params.get("date") ?? "";
  const days = weekOf(/^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : today, me.week_start);
  const first = days[0] ?? today;
  const week = useQuery({
    ...bookingsBetweenQuery({
      status: SHOWN,
      start_after: dayStart(first, zone),
      start_before: dayStart(addDays(first, 7), zone),
      ordering: "start_time",
    }),
    placeholderData: (before) => before,
  });
  const { data: schedules } = useQuery(schedulesQuery);
  const title = weekTitle(days);
  const show = (day: string) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      after.set("date", day);
      after.delete("booking");
      return after;
    });

  return (
    <>
      <div className="head wk-head">
        <h1>
          {title.span} <span className="wk-year">{title.year}</span>
        </h1>
        <Button
          look="quiet"
          square
          aria-label="Previous week"
          onClick={() => show(addDays(first, -7))}
        >
          <Icon of={ChevronLeft} flip />
        </Button>
        <Button onClick={() => show(today)}>Today</Button>
        <Button look="quiet" square aria-label="Next week" onClick={() => show(addDays(first, 7))}>
          <Icon of={ChevronRight} flip />
        </Button>
        <ViewSwitch week />
      </div>
      {week.isError && <LoadError error={week.error} onRetry={() => week.refetch()} />}
      {roomy ? (
        <WeekGrid
          days={days}
          zone={zone}
          now={now}
          bookings={week.data ?? []}
          schedule={schedules?.find((schedule) => schedule.is_default)}
          selected={selected}
          onSelect={onSelect}
        />
      ) : (
        <WeekAgenda days={days} zone={zone} now={now} bookings={week.data ?? []} />
      )}
    </>
  );
}
