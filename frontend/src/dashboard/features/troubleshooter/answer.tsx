import { useQuery } from "@tanstack/react-query";
import { CircleX } from "lucide-react";
import { useState } from "react";
import { type Day, dayInZone } from "../../../shared/dates/days";
import { zoneAbbreviation } from "../../../shared/dates/formats";
import type { EventType } from "../../api/event-types";
import { explanationQuery } from "../../api/explanation";
import { EmptyState, LoadError, Waiting } from "../../components/states";
import { instantsAt } from "../../lib/instants-at";
import { displayLocale } from "../../lib/locale";
import { wallTimeOf } from "../../lib/wall-time";
import { Findings } from "./findings";
import type { Question } from "./question";
import { Verdict } from "./verdict";

/** What is said about the time in question. */
export function Answer({
  eventType,
  zone,
  question: { day, time, duration },
  onChoose,
}: {
  eventType: EventType;
  zone: string;
  question: Question;
  onChoose: (day: Day, time: string) => void;
}) {
  const [second, setSecond] = useState(false);
  const instants = instantsAt(day, time, zone);
  const at = (second && instants[1]) || instants[0];
  return (
    <section className="ts-answer" aria-label="Answer" aria-live="polite">
      {!day || !time ? (
        <EmptyState title="Choose a date and a time">
          You are told whether it is offered, and if not, everything that stands against it.
        </EmptyState>
      ) : !at ? (
        <Verdict icon={CircleX} title="This time does not exist">
          The clock is put forward that night and jumps over it.
        </Verdict>
      ) : (
        <>
          {instants.length > 1 && (
            <TwiceNote zone={zone} instants={instants} chosen={at} onChoose={setSecond} />
          )}
          <Explained
            key={at}
            eventType={eventType}
            zone={zone}
            at={at}
            duration={duration}
            onChoose={(start) => onChoose(dayInZone(start, zone), wallTimeOf(start, zone))}
          />
        </>
      )}
    </section>
  );
}

function TwiceNote({
  zone,
  instants,
  chosen,
  onChoose,
}: {
  zone: string;
  instants: readonly string[];
  chosen: string;
  onChoose: (second: boolean) => void;
}) {
  return (
    <fieldset className="segs ts-twice">
      <legend className="sr">The clock is put back that night: which of the two?</legend>
      {instants.map((instant, index) => (
        <button
          key={instant}
          type="button"
          aria-pressed={instant === chosen}
          onClick={() => onChoose(index === 1)}
        >
          {index === 0 ? "First" : "Second"} time,{" "}
          {zoneAbbreviation(displayLocale(), instant, zone)}
        </button>
      ))}
    </fieldset>
  );
}

function Explained({
  eventType,
  zone,
  at,
  duration,
  onChoose,
}: {
  eventType: EventType;
  zone: string;
  at: string;
  duration: number;
  onChoose: (start: string) => void;
}) {
  const found = useQuery(explanationQuery({ eventType: eventType.id, at, duration }));
  if (found.isError) return <LoadError error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Waiting rows={3} />;
  return (
    <Findings
      eventType={eventType}
      zone={zone}
      at={at}
      explanation={found.data}
      onChoose={onChoose}
    />
  );
}
