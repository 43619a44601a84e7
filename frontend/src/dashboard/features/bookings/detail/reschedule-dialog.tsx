import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Day, dayInZone, lastDayOf, type Month, monthOf } from "../../../../shared/dates/days";
import { groupByDay, type Slot } from "../../../../shared/dates/group-slots";
import { showSameTime } from "../../../../shared/tz/zones";
import { useMoveAttendee } from "../../../api/attendees";
import {
  type Attendee,
  type Booking,
  type Scope,
  useRescheduleBooking,
} from "../../../api/bookings";
import { useMe } from "../../../api/me";
import { messageOf } from "../../../api/problem";
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
import { refusal } from "./refusal";
import { scopeWords } from "./series/scope";
import { ScopeField } from "./series/scope-field";

/** Another time for a booking, for dates of its series, or for one attendee of a session. */
export function RescheduleDialog({
  booking,
  attendee,
  zone,
  onClose,
}: {
  booking: Booking;
  /** Only they move; the others stay. */
  attendee?: Attendee;
  zone: string;
  onClose: () => void;
}) {
  const me = useMe();
  const today = dayInZone(Date.now(), zone);
  const [day, setDay] = useState<Day>(dayInZone(booking.start_time, zone));
  const [month, setMonth] = useState<Month>(monthOf(day));
  const [chosen, setChosen] = useState<Slot | null>(null);
  const [scope, setScope] = useState<Scope>("this");
  const moveBooking = useRescheduleBooking();
  const moveSeat = useMoveAttendee();
  const move = attendee ? moveSeat : moveBooking;
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
      title={
        attendee
          ? `Move ${attendee.name} to another time`
          : `Move ${booking.event_type.name} with ${whoBooked(booking)}`
      }
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
        series={attendee ? null : booking.series}
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
            const start_time = chosen.start;
            const whenDone = {
              onSuccess: () => {
                showToast({ text: doneWords(booking, attendee, scope) });
                onClose();
              },
              onError: () => {
                slots.refetch();
              },
            };
            if (attendee) {
              const who = { bookingId: booking.id, attendeeId: attendee.id };
              moveSeat.mutate({ ...who, start_time }, whenDone);
            } else {
              const scoped = booking.series ? { scope } : {};
              moveBooking.mutate({ id: booking.id, start_time, ...scoped }, whenDone);
            }
          }}
        >
          {attendee ? `Move ${firstName(attendee.name)}` : moveWords(scope)}
        </Button>
      </div>
    </Dialog>
  );
}

function moveWords(scope: Scope): string {
  return scope === "this" ? "Move booking" : "Move these dates";
}

function doneWords(booking: Booking, attendee: Attendee | undefined, scope: Scope): string {
  if (attendee) return `${firstName(attendee.name)} is moved, and gets an e-mail.`;
  const what = scopeWords(scope);
  return `${what ? `${what} are moved.` : "Moved."} ${whoIsTold(booking)} gets an e-mail.`;
}

function summary(slot: Slot, booking: Booking, zone: string): string {
  const here = `${formatTime(slot.start, zone)} in ${zoneCity(zone)}`;
  const theirs = booking.invitee_timezone;
  if (isSession(booking) || showSameTime(zone, theirs, slot.start)) return `${here}.`;
  return `${here}, ${formatTime(slot.start, theirs)} for ${firstName(booking.invitee_name)} in ${zoneCity(theirs)}.`;
}
