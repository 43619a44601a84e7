import { Clock3, FastForward, Hourglass, type LucideIcon, Repeat } from "lucide-react";
import type { Booking } from "../../../api/bookings";
import { Icon } from "../../../components/icon";
import { timeLeft, useNow } from "../../../lib/time-left";
import { placeWords } from "../detail/series/scope";

/** What a row tells beside its state: a date of a series, who waits for it, who would come sooner. */
export function Marks({ booking, waiting }: { booking: Booking; waiting: number }) {
  const now = useNow();
  const { series, sooner, status, request_expires_at } = booking;
  const marks: { icon: LucideIcon; short: string; words: string }[] = [];
  const left = status === "pending" && request_expires_at && timeLeft(request_expires_at, now);
  if (left) marks.push({ icon: Clock3, short: `${left} left`, words: `${left} left to answer` });
  if (series) {
    const short = `${series.position} of ${series.of}`;
    marks.push({ icon: Repeat, short, words: `${placeWords(series)} of a series` });
  }
  if (waiting > 0) {
    marks.push({
      icon: Hourglass,
      short: `${waiting} waiting`,
      words: `${waiting} on the waitlist`,
    });
  }
  if (sooner)
    marks.push({ icon: FastForward, short: "Sooner", words: "Would rather come earlier" });
  if (marks.length === 0) return null;
  return (
    <span className="marks">
      {marks.map(({ icon, words, short }) => (
        <span key={words}>
          <Icon of={icon} size={14} />
          <bdi className="t" aria-hidden="true">
            {short}
          </bdi>
          <span className="sr">{words}</span>
        </span>
      ))}
    </span>
  );
}
