import { useQuery } from "@tanstack/react-query";
import { dayInZone } from "../../../shared/dates/days";
import type { EventType } from "../../api/event-types";
import { useMe } from "../../api/me";
import { slotsQuery } from "../../api/slots";
import { LoadError } from "../../components/states";
import { formatDay, formatTime } from "../../lib/instants";
import { wallTimeOf } from "../../lib/wall-time";
import type { Question } from "./question";

/** What visitors are offered on the day asked about; a click asks about one of these times. */
export function OfferedTimes({
  eventType,
  question,
  zone,
  onChoose,
}: {
  eventType: EventType;
  question: Question;
  zone: string;
  onChoose: (time: string) => void;
}) {
  const me = useMe();
  const { day, duration } = question;
  const found = useQuery(
    slotsQuery({
      organizer: me.slug,
      eventType: eventType.event_type_slug,
      start: day,
      end: day,
      timezone: zone,
      duration,
    }),
  );
  const title = `Offered on ${formatDay(day, dayInZone(Date.now(), zone), "short")}`;
  return (
    <section className="ts-offered" aria-labelledby="offered-title">
      <h2 id="offered-title">{title}</h2>
      {found.isError && <LoadError error={found.error} onRetry={() => found.refetch()} />}
      {found.data?.slots.length === 0 && <p className="muted">No time at all.</p>}
      <ul className="ts-times">
        {found.data?.slots.map((slot) => (
          <li key={slot.start}>
            <button
              type="button"
              className="ts-time t"
              aria-pressed={wallTimeOf(slot.start, zone) === question.time}
              onClick={() => onChoose(wallTimeOf(slot.start, zone))}
            >
              {formatTime(slot.start, zone)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
