import { useInfiniteQuery } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { bookingsQuery } from "../../../api/bookings";
import { Icon } from "../../../components/icon";
import { toApiInstant } from "../../../lib/instants";

/** Tells of the bookings ahead that begin in a span of instants (ms): time off leaves them alone. */
export function BookedNote({ span: [from, to] }: { span: [from: number, to: number] }) {
  const [now] = useState(() => Date.now());
  const start = Math.max(from, now);
  const { data } = useInfiniteQuery({
    ...bookingsQuery({
      status: "confirmed,pending",
      start_after: toApiInstant(start),
      start_before: toApiInstant(to),
    }),
    enabled: start < to,
  });
  const page = data?.pages[0];
  return (
    <div role="status">
      {page && page.results.length > 0 && (
        <p className="av-booked">
          <Icon of={CalendarClock} />
          {sayBooked(page.results.length, page.next !== null)}
        </p>
      )}
    </div>
  );
}

function sayBooked(amount: number, isMore: boolean): string {
  if (amount === 1) return "A booking in this time stays. Move or cancel it under Bookings.";
  const many = isMore ? `More than ${amount}` : amount;
  return `${many} bookings in this time stay. Move or cancel them under Bookings.`;
}
