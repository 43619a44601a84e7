import { useQuery } from "@tanstack/react-query";
import { requestCountQuery } from "../api/bookings";
import { waitlistFiguresQuery } from "../api/waitlist";

/** Requests that wait for the organizer's answer. */
export function RequestMark() {
  const { data } = useQuery(requestCountQuery);
  if (!data?.count) return null;
  return (
    <span className="count-mark">
      {data.more ? `${data.count}+` : data.count}
      <span className="sr"> to confirm</span>
    </span>
  );
}

/** People who wait; they need no answer, so it stands there quietly. */
export function WaitlistMark() {
  const { data } = useQuery(waitlistFiguresQuery);
  const waiting = data ? data.active + data.notified : 0;
  if (waiting === 0) return null;
  return (
    <span className="count-mark quiet">
      {waiting}
      <span className="sr"> waiting</span>
    </span>
  );
}
