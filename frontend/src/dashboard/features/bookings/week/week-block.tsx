import type { CSSProperties } from "react";
import { Link } from "react-router";
import type { Booking } from "../../../api/bookings";
import { whoBooked } from "../../../lib/booking-people";
import { hueClass } from "../../../lib/hues";
import { formatSpan } from "../../../lib/instants";
import { STATUS } from "../status-tag";
import type { Block } from "./layout";

/** Short blocks show fewer lines: 30 minutes two, 20 minutes one. */
function sizeClass(minutes: number): string {
  if (minutes < 25) return "xs";
  return minutes < 40 ? "sm" : "";
}

const STATE_CLASS: Partial<Record<Booking["status"], string>> = {
  pending: "ask",
  cancelled: "gone",
};

export function WeekBlock({
  block,
  from,
  zone,
  pressed,
  onSelect,
}: {
  block: Block;
  /** The first visible minute of the day. */
  from: number;
  zone: string;
  pressed: boolean;
  onSelect: (booking: Booking) => boolean;
}) {
  const { booking, start, length, lane, lanes } = block;
  const time = formatSpan(booking.start_time, booking.end_time, zone);
  const title = whoBooked(booking);
  const sub = booking.status === "pending" ? STATUS.pending.label : booking.event_type.name;
  const classes = ["ev", hueClass(booking.event_type.color), sizeClass(length)];
  return (
    <Link
      className={[...classes, STATE_CLASS[booking.status]].filter(Boolean).join(" ")}
      style={{ "--s": start - from, "--d": length, "--x": lane, "--lanes": lanes } as CSSProperties}
      to={`/bookings/${booking.id}`}
      aria-current={pressed ? "true" : undefined}
      aria-label={`${title}, ${sub}, ${time}, ${STATUS[booking.status].label}`}
      onClick={(event) => {
        const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
        if (plain && onSelect(booking)) event.preventDefault();
      }}
    >
      <b className="ev-title">{title}</b> <span>{sub}</span>
      {length >= 40 && <span className="t">{time}</span>}
    </Link>
  );
}
