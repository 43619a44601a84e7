import { Hourglass, type LucideIcon, Rabbit, Repeat } from "lucide-react";
import type { Booking } from "../../../api/bookings";
import { Icon } from "../../../components/icon";
import { placeWords } from "../detail/series/scope";

/** What a row tells beside its state: a date of a series, who waits for it, who would come sooner. */
export function Marks({ booking, waiting }: { booking: Booking; waiting: number }) {
  const { series, sooner } = booking;
  const marks: { icon: LucideIcon; short: string; words: string }[] = [];
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
  if (sooner) marks.push({ icon: Rabbit, short: "Sooner", words: "Would rather come earlier" });
  if (marks.length === 0) return null;
  return (
    <span className="marks">
      {marks.map(({ icon, words, short }) => (
        <span key={words}>
          <Icon of={icon} size={14} />
          <span className="t" aria-hidden="true">
            {short}
          </span>
          <span className="sr">{words}</span>
        </span>
      ))}
    </span>
  );
}
