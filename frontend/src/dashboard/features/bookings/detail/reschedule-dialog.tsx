import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Day, dayInZone, lastDayOf, type Month, monthOf } from "../../../../shared/dates/days";
import { groupByDay, type Slot } from "../../../../shared/dates/group-slots";
import { showSameTime } from "../../../../shared/tz/zones";
import { type Booking, type Scope, useRescheduleBooking } from "../../../api/bookings";
import { useMe } from "../../../api/me";
import { ApiProblem, messageOf } from "../../../api/problem";
import { moveSlotsQuery, slotsQuery } from "../../../api/slots";
import { Button } from "../../../components/button";
import { DayPicker } from "../../../components/day-picker";
import { Dialog } from "../../../components/dialog";
import { Hint } from "../../../components/field";
import { showToast } from "../../../components/toast";
import { firstName, isSession, whoBooked, whoIsTold } from "../../../lib/booking-people";
import { formatDay, formatSpan, formatTime } from "../../../lib/instants";
import { zoneCity } from "../../../lib/zones";
import { minutesOf } from "../facts";
import { scopeWords } from "./series/scope";
import { ScopeField } from "./series/scope-field";

export function RescheduleDialog({
  booking,
  zone,
  onClose,
}: {
  booking: Booking;
  zone: string;
  onClose: () => void;
}) {
  const me = useMe();
  const today = dayInZone(Date.now(), zone);
  const [day, setDay] = useState<Day>(dayInZone(booking.start_time, zone));
  const [month, setMonth] = useState<Month>(monthOf(day));
  const [chosen, setChosen] = useState<Slot | null>(null);
  const [scope, setScope] = useState<Scope>("this");
  const move = useRescheduleBooking();
  const first = `${month}-01`;
  const span = {
    start: first < today ? today : first,
    end: lastDayOf(month) < today ? today : lastDayOf(month),
    timezone: zone,
  };
  const free = booking.manage_url
    ? moveSlotsQuery({ manageUrl: booking.manage_url, ...span })
    : slotsQuery({
        organizer: booking.organizer_slug,
        eventType: booking.event_type.slug,
        duration: minutesOf(booking),
        ...span,
      });
  const slots = useQuery({ ...free, placeholderData: keepPreviousData });
  // A group session's own time is free for more people, but no move.
  const now = Date.parse(booking.start_time);
  const others = slots.data?.slots.filter(({ start }) => Date.parse(start) !== now);
  const byDay = groupByDay(others ?? [], zone);
  const ofDay = byDay.get(day) ?? [];

  return (
    <Dialog
      title={`Move ${booking.event_type.name} with ${whoBooked(booking)}`}
      width={600}
      isOpen
      onClose={onClose}
    >
      <p className="muted">
        Now {formatDay(dayInZone(booking.start_time, zone), today)},{" "}
        <span className="t">{formatSpan(booking.start_time, booking.end_time, zone)}</span> in{" "}
        {zoneCity(zone)}.
      </p>
      <div className="move">
        <DayPicker
          label="Day"
          value={byDay.has(day) ? day : null}
          focused={day}
          first={today}
          weekStart={me.week_start}
          isOffered={(each) => byDay.has(each)}
          onMonth={setMonth}
          onChange={(picked) => {
            setDay(picked);
            setChosen(null);
          }}
        />
        <fieldset className="move-slots" data-stale={slots.isPlaceholderData || undefined}>
          <legend>{formatDay(day, today)}</legend>
          {slots.isError && <p className="muted">{messageOf(slots.error)}</p>}
          {slots.isSuccess && ofDay.length === 0 && (
            <p className="muted">No free times that day.</p>
          )}
          <div className="move-grid">
            {ofDay.map((slot) => (
              <label key={slot.start} className="slot t">
                <input
                  type="radio"
                  name="slot"
                  className="sr"
                  checked={chosen?.start === slot.start}
                  onChange={() => setChosen(slot)}
                />
                {formatTime(slot.start, zone)}
              </label>
            ))}
          </div>
        </fieldset>
      </div>
      <ScopeField
        series={booking.series}
        legend="Which dates?"
        value={scope}
        onChange={(next) => {
          setScope(next);
          move.reset();
        }}
      />
      <Hint id="move-hint" error={move.error ? refusal(move.error, zone) : undefined}>
        {chosen ? summary(chosen, booking, zone) : "Choose a time."}
        {chosen && scope !== "this" && " The other dates move by as much, or none of them does."}
      </Hint>
      <div className="actions">
        <Button onClick={onClose}>Keep this time</Button>
        <Button
          look="primary"
          disabled={!chosen}
          busy={move.isPending}
          onClick={() => {
            if (!chosen) return;
            move.mutate(
              {
                id: booking.id,
                start_time: chosen.start,
                ...(booking.series ? { scope } : {}),
              },
              {
                onSuccess: () => {
                  const what = scopeWords(scope);
                  const done = what ? `${what} are moved.` : "Moved.";
                  showToast({ text: `${done} ${whoIsTold(booking)} gets an e-mail.` });
                  onClose();
                },
                onError: () => slots.refetch(),
              },
            );
          }}
        >
          {scope === "this" ? "Move booking" : "Move these dates"}
        </Button>
      </div>
    </Dialog>
  );
}

function summary(slot: Slot, booking: Booking, zone: string): string {
  const here = `${formatTime(slot.start, zone)} in ${zoneCity(zone)}`;
  const theirs = booking.invitee_timezone;
  if (isSession(booking) || showSameTime(zone, theirs, slot.start)) return `${here}.`;
  return `${here}, ${formatTime(slot.start, theirs)} for ${firstName(booking.invitee_name)} in ${zoneCity(theirs)}.`;
}

function refusal(error: Error, zone: string): string {
  const nearest = error instanceof ApiProblem ? error.extra.alternatives : undefined;
  if (!Array.isArray(nearest) || nearest.length === 0) return messageOf(error);
  const times = nearest.slice(0, 3).map((start) => formatTime(String(start), zone));
  return `That time was just taken. The nearest free ones: ${times.join(", ")}.`;
}
