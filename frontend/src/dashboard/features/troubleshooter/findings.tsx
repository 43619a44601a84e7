import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CirclePause, CircleX } from "lucide-react";
import type { EventType } from "../../api/event-types";
import type { Explanation } from "../../api/explanation";
import { useMe } from "../../api/me";
import { schedulesQuery } from "../../api/schedules";
import { formatMoment } from "../../lib/instants";
import { count } from "../../lib/words";
import { groupByHost } from "./group-by-host";
import { ReasonItem } from "./reason-item";
import { Verdict } from "./verdict";

/** Whether a start is offered, and everything against it, by host where there are several. */
export function Findings({
  eventType,
  zone,
  at,
  explanation: { is_active, is_offered, reasons },
  onChoose,
}: {
  eventType: EventType;
  zone: string;
  at: string;
  explanation: Explanation;
  onChoose: (start: string) => void;
}) {
  const me = useMe();
  const { data: schedules = [] } = useQuery(schedulesQuery);
  const moment = formatMoment(at, zone);
  if (is_offered) {
    return (
      <Verdict icon={CircleCheck} good title={`${moment} is offered`}>
        Anyone with the link can book it now.
      </Verdict>
    );
  }
  const around = {
    at,
    eventType: eventType.id,
    zone,
    now: Date.now(),
    me: me.id,
    schedules,
  };
  const several = eventType.hosts.length > 1;
  const groups = groupByHost(reasons, { apart: several });
  const waitsForOne =
    eventType.kind === "round_robin" && groups.filter(({ host }) => host).length > 1;
  return (
    <>
      <Verdict icon={CircleX} title={`${moment} is not offered`}>
        {againstWords(reasons.length, waitsForOne)}
      </Verdict>
      {!is_active && (
        <Verdict icon={CirclePause} title={`${eventType.name} is off`}>
          While it is off, nothing is offered. Switch it on in your list of event types.
        </Verdict>
      )}
      {groups.map(({ host, reasons: itsReasons }) => (
        <div key={host} className="ts-group">
          {several && <h3>{host ? nameOf(eventType, host, me.id) : "Whoever the host is"}</h3>}
          <ul className="list">
            {itsReasons.map((reason, index) => (
              <ReasonItem
                // biome-ignore lint/suspicious/noArrayIndexKey: reasons have no id and never move
                key={index}
                reason={reason}
                around={around}
                onChoose={onChoose}
              />
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

function againstWords(reasons: number, waitsForOne: boolean): string {
  if (reasons === 0) return "There is nothing against the time itself.";
  const against = `${count(reasons, "reason")} against it.`;
  if (waitsForOne) {
    return `${against} One of the hosts who take turns being free is enough; who always attends must be.`;
  }
  return reasons > 1 ? `${against} It is offered once all of them are gone.` : against;
}

function nameOf(eventType: EventType, host: string, me: string): string {
  if (host === me) return "You";
  return eventType.hosts.find(({ user }) => user === host)?.name || "A host";
}
