import { CalendarClock, Mail, UserCheck, UserMinus, UserX } from "lucide-react";
import { useState } from "react";
import { showSameTime } from "../../../../../shared/tz/zones";
import { useAttendeeNoShow, useAttendeeShowed } from "../../../../api/attendees";
import type { Attendee, Booking } from "../../../../api/bookings";
import { messageOf } from "../../../../api/problem";
import { type Action, ActionMenu } from "../../../../components/action-menu";
import { Tag } from "../../../../components/tag";
import { showToast } from "../../../../components/toast";
import { firstName } from "../../../../lib/booking-people";
import { copyText } from "../../../../lib/copy-text";
import { formatTime } from "../../../../lib/instants";
import { zoneCity } from "../../../../lib/zones";
import { RescheduleDialog } from "../../dialogs";
import { canBeClosed, canChange } from "../../facts";
import { Answers } from "../answers";
import { RemoveAttendeeDialog } from "./remove-attendee-dialog";

const STATUS: Record<Exclude<Attendee["status"], "confirmed">, string> = {
  cancelled: "Cancelled",
  no_show: "No-show",
};

/** Who is in a group session and how to reach them; who left stands struck through, last. */
export function Attendees({ booking, zone }: { booking: Booking; zone: string }) {
  const [open, setOpen] = useState<{ what: "move" | "remove"; attendee: Attendee } | null>(null);
  const close = () => setOpen(null);
  const isGone = (attendee: Attendee) => attendee.status === "cancelled";
  const inOrder = booking.attendees.toSorted((a, b) => Number(isGone(a)) - Number(isGone(b)));
  return (
    <ul className="bk-people">
      {inOrder.map((attendee) => (
        <li key={attendee.id} data-gone={isGone(attendee) || undefined}>
          <div>
            <b>
              <bdi>{attendee.name || "Erased"}</bdi>
            </b>{" "}
            {attendee.status !== "confirmed" && <Tag>{STATUS[attendee.status]}</Tag>}
            <small>
              {attendee.email && <a href={`mailto:${attendee.email}`}>{attendee.email}</a>}
              {attendee.phone && (
                <a href={`tel:${attendee.phone.replace(/[^+\d]/g, "")}`}>
                  <bdi>{attendee.phone}</bdi>
                </a>
              )}
              {!showSameTime(zone, attendee.timezone, booking.start_time) && (
                <span>
                  <span className="t">{formatTime(booking.start_time, attendee.timezone)}</span> in{" "}
                  {zoneCity(attendee.timezone)}
                </span>
              )}
              <BroughtBy attendee={attendee} all={booking.attendees} />
            </small>
            {isGone(attendee) && attendee.cancellation_reason && (
              <p className="bk-notes muted">{attendee.cancellation_reason}</p>
            )}
            {attendee.notes && <p className="bk-notes">{attendee.notes}</p>}
            <Answers answers={attendee.answers} />
          </div>
          <AttendeeMenu
            attendee={attendee}
            booking={booking}
            onMove={() => setOpen({ what: "move", attendee })}
            onRemove={() => setOpen({ what: "remove", attendee })}
          />
        </li>
      ))}
      {open?.what === "remove" && (
        <RemoveAttendeeDialog booking={booking} attendee={open.attendee} onClose={close} />
      )}
      {open?.what === "move" && (
        <RescheduleDialog booking={booking} attendee={open.attendee} zone={zone} onClose={close} />
      )}
    </ul>
  );
}

function BroughtBy({ attendee, all }: { attendee: Attendee; all: readonly Attendee[] }) {
  const booker = all.find(({ id }) => id === attendee.brought_by);
  return booker ? <span>with {firstName(booker.name)}</span> : null;
}

function AttendeeMenu({
  attendee,
  booking,
  onMove,
  onRemove,
}: {
  attendee: Attendee;
  booking: Booking;
  onMove: () => void;
  onRemove: () => void;
}) {
  const noShow = useAttendeeNoShow();
  const showed = useAttendeeShowed();
  const who = { bookingId: booking.id, attendeeId: attendee.id };
  const name = firstName(attendee.name);
  const tell = (text: string) => ({
    onSuccess: () => showToast({ text }),
    onError: (error: Error) => showToast({ text: messageOf(error) }),
  });
  const actions: Action[] = [];
  if (attendee.email) {
    actions.push({
      id: "copy",
      label: "Copy e-mail address",
      icon: Mail,
      run: async () => {
        const copied = await copyText(attendee.email);
        showToast({ text: copied ? "Address copied." : "Your browser does not allow copying." });
      },
    });
  }
  if (canBeClosed(booking, Date.now()) && attendee.status === "confirmed") {
    actions.push({
      id: "no-show",
      label: `${name} did not come`,
      icon: UserX,
      run: () => noShow.mutate(who, tell("Marked as no-show.")),
    });
  }
  if (attendee.status === "no_show") {
    actions.push({
      id: "showed",
      label: `${name} did come`,
      icon: UserCheck,
      run: () => showed.mutate(who, tell("No longer a no-show.")),
    });
  }
  if (attendee.status === "confirmed" && canChange(booking, Date.now())) {
    actions.push({
      id: "move",
      label: `Move ${name} to another time`,
      icon: CalendarClock,
      run: onMove,
    });
    actions.push({
      id: "remove",
      label: `Remove ${name}`,
      icon: UserMinus,
      danger: true,
      apart: actions.length > 0,
      run: onRemove,
    });
  }
  if (actions.length === 0) return null;
  return <ActionMenu label={`More for ${attendee.name}`} actions={actions} />;
}
