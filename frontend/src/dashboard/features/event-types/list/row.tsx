import { CircleHelp, Copy, ExternalLink, Eye, Link2, Pencil, Trash2 } from "lucide-react";
import { Link, useNavigate } from "react-router";
import type { EventType } from "../../../api/event-types";
import { ActionMenu } from "../../../components/action-menu";
import { Button } from "../../../components/button";
import { Dial } from "../../../components/dial";
import { Icon } from "../../../components/icon";
import { Switch } from "../../../components/switch";
import { Tag } from "../../../components/tag";
import { hueClass } from "../../../lib/hues";
import { formatDuration } from "../../../lib/minutes";
import { copyLink, pathOf } from "../links";
import { audienceOf, placeOf } from "../words";
import { UsageCell } from "./usage-cell";
import { useDuplicate, useToggle } from "./use-row-actions";

export function Row({
  eventType,
  organizerSlug,
  onDelete,
}: {
  eventType: EventType;
  organizerSlug: string;
  onDelete: () => void;
}) {
  const toggle = useToggle();
  const duplicate = useDuplicate();
  const navigate = useNavigate();
  const path = pathOf(organizerSlug, eventType);
  const place = placeOf(eventType);
  const audience = audienceOf(eventType.kind, eventType.hosts.length, eventType.max_attendees);
  const edit = `/event-types/${eventType.id}/edit`;
  return (
    <li className={`row it ${hueClass(eventType.color)}${eventType.is_active ? "" : " off"}`}>
      <span className="tile">
        <Dial minutes={eventType.duration} />
      </span>
      <span className="title">
        <span className="title-line">
          <Link className="name" to={edit}>
            {eventType.name}
          </Link>
          {!eventType.is_active && <Tag>Off</Tag>}
          {eventType.is_private && <Tag>Private</Tag>}
          {eventType.requires_confirmation && <Tag>Needs confirmation</Tag>}
        </span>
        <span className="meta">
          <bdi>{formatDuration(eventType.duration)}</bdi> · <bdi>{path}</bdi>
        </span>
      </span>
      <span className="cell">
        <Icon of={audience.icon} />
        <span>{audience.label}</span>
      </span>
      <span className="cell">
        <Icon of={place.icon} />
        <span>{place.label}</span>
      </span>
      <UsageCell counts={eventType.bookings_next_7_days} />
      <span className="acts">
        <Switch
          aria-label={`Bookable: ${eventType.name}`}
          checked={eventType.is_active}
          onChange={() => toggle(eventType)}
        />
        <Button
          look="quiet"
          className="copy"
          aria-label={`Copy link of ${eventType.name}`}
          onClick={() => copyLink(eventType)}
        >
          <Icon of={Link2} />
          Copy link
        </Button>
        <ActionMenu
          label={`More for ${eventType.name}`}
          actions={[
            { id: "edit", label: "Edit", icon: Pencil, run: () => navigate(edit) },
            { id: "copy", label: "Copy link", icon: Link2, run: () => copyLink(eventType) },
            {
              id: "open",
              label: "Open page",
              icon: ExternalLink,
              run: () => window.open(path, "_blank", "noopener"),
            },
            {
              id: "preview",
              label: "Preview",
              icon: Eye,
              run: () => navigate(`/event-types/${eventType.id}/preview`),
            },
            {
              id: "explain",
              label: "Why is a time not offered?",
              icon: CircleHelp,
              run: () => navigate(`/event-types/${eventType.id}/troubleshooter`),
            },
            { id: "duplicate", label: "Duplicate", icon: Copy, run: () => duplicate(eventType) },
            {
              id: "delete",
              label: "Delete",
              icon: Trash2,
              danger: true,
              apart: true,
              run: onDelete,
            },
          ]}
        />
      </span>
    </li>
  );
}
