import { BadgeCheck, Hourglass } from "lucide-react";
import { type Control, useWatch } from "react-hook-form";
import { Dial } from "../../../components/dial";
import { Icon } from "../../../components/icon";
import { hueClass } from "../../../lib/hues";
import { formatDuration } from "../../../lib/minutes";
import { audienceOf, placeOf } from "../words";
import type { EventTypeValues } from "./values";
import { bookableWords } from "./window-words";

/** The event type as it will stand in the list, and its main rule in words. */
export function PreviewCard({ control }: { control: Control<EventTypeValues> }) {
  const values = useWatch({ control });
  const duration = values.duration || 0;
  const place = placeOf({
    location_type: values.location_type ?? "video_call",
    location_details: values.location_details ?? "",
  });
  const audience = audienceOf(
    values.kind ?? "one_on_one",
    values.hosts?.length ?? 1,
    values.max_attendees || 1,
  );
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
        <Icon of={audience.icon} />
        <span>{audience.label}</span>
      </p>
      <p className="cell">
        <Icon of={place.icon} />
        <span>{place.label}</span>
      </p>
      {values.requires_confirmation && (
        <p className="cell">
          <Icon of={BadgeCheck} />
          <span>{values.confirmation === "near" ? "You confirm near ones" : "You confirm it"}</span>
        </p>
      )}
      {values.enable_waitlist && (
        <p className="cell">
          <Icon of={Hourglass} />
          <span>With a waitlist</span>
        </p>
      )}
      <p className="muted">{bookableWords(values)}</p>
    </aside>
  );
}
