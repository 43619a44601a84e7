import { type Control, useWatch } from "react-hook-form";
import { Dial } from "../../../components/dial";
import { Icon } from "../../../components/icon";
import { hueClass } from "../../../lib/hues";
import { describeMinutes, formatDuration } from "../../../lib/minutes";
import { AUDIENCE, placeOf } from "../words";
import type { EventTypeValues } from "./values";

/** The event type as it will stand in the list, and its main rule in words. */
export function PreviewCard({ control }: { control: Control<EventTypeValues> }) {
  const values = useWatch({ control });
  const duration = values.duration || 0;
  const place = placeOf({
    location_type: values.location_type ?? "video_call",
    location_details: values.location_details ?? "",
  });
  return (
    <aside className={`et-card ${hueClass(values.color)}`} aria-label="At a glance">
      <div className="et-card-head">
        <span className="tile">
          <Dial minutes={duration} />
        </span>
        <div>
          <strong>{values.name || "Untitled"}</strong>
          <span className="meta">{formatDuration(duration)}</span>
        </div>
      </div>
      <p className="cell">
        <Icon of={AUDIENCE.icon} />
        <span>{AUDIENCE.label}</span>
      </p>
      <p className="cell">
        <Icon of={place.icon} />
        <span>{place.label}</span>
      </p>
      <p className="muted">
        {bookableWords(values.min_scheduling_notice || 0, values.max_scheduling_horizon || 0)}
      </p>
    </aside>
  );
}

function bookableWords(notice: number, horizon: number): string {
  const latest = notice === 0 ? "until the start" : `until ${describeMinutes(notice)} before`;
  const earliest =
    horizon === 0 ? "as far ahead as you like" : `up to ${describeMinutes(horizon)} ahead`;
  return `Bookable ${latest}, ${earliest}.`;
}
