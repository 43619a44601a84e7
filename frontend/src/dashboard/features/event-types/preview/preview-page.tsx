import { useQuery } from "@tanstack/react-query";
import { ExternalLink, Pencil } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { type EventType, eventTypeQuery, useSetActive } from "../../../api/event-types";
import { useMe } from "../../../api/me";
import { Button, ButtonLink } from "../../../components/button";
import { Icon } from "../../../components/icon";
import { PageHead } from "../../../components/page-head";
import { EmptyState, LoadError, Waiting } from "../../../components/states";
import { pathOf } from "../links";
import "./preview.css";

const WIDTHS = [
  { label: "Phone", width: 390, height: 844 },
  { label: "Desktop", width: 1280, height: 800 },
] as const;

export function Component() {
  const { id = "" } = useParams();
  const found = useQuery(eventTypeQuery(id));
  if (found.isError) return <LoadError error={found.error} onRetry={() => found.refetch()} />;
  if (!found.data) return <Waiting rows={8} />;
  return <Preview eventType={found.data} />;
}

/** The public page itself, at the width of a phone and of a desk. */
function Preview({ eventType }: { eventType: EventType }) {
  const me = useMe();
  const [chosen, setChosen] = useState<(typeof WIDTHS)[number]>(
    window.innerWidth < 1080 ? WIDTHS[0] : WIDTHS[1],
  );
  const path = pathOf(me.slug, eventType);
  return (
    <>
      <PageHead
        title={`Preview of ${eventType.name}`}
        back={{ to: `/event-types/${eventType.id}/edit`, label: eventType.name }}
        sub={
          <span className="preview-sub">
            <bdi>{path}</bdi>
            <Link className="link" to={`/event-types/${eventType.id}/troubleshooter`}>
              Why is a time not offered?
            </Link>
          </span>
        }
      >
        <fieldset className="segs">
          <legend className="sr">Width</legend>
          {WIDTHS.map((each) => (
            <button
              key={each.label}
              type="button"
              aria-pressed={each === chosen}
              onClick={() => setChosen(each)}
            >
              {each.label}
            </button>
          ))}
        </fieldset>
        <ButtonLink look="quiet" className="wide-only" to={`/event-types/${eventType.id}/edit`}>
          <Icon of={Pencil} />
          Edit
        </ButtonLink>
        <a className="btn quiet wide-only" href={path} target="_blank" rel="noreferrer">
          <Icon of={ExternalLink} />
          Open page
        </a>
      </PageHead>
      {eventType.is_active ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take keys
        <section className="preview" aria-label="Public page" tabIndex={0}>
          <iframe
            title={`Booking page of ${eventType.name}`}
            src={path}
            style={{ inlineSize: chosen.width, blockSize: chosen.height }}
          />
        </section>
      ) : (
        <OffNote eventType={eventType} />
      )}
    </>
  );
}

/** What is off has no public page, so there is nothing to look at. */
function OffNote({ eventType }: { eventType: EventType }) {
  const setActive = useSetActive();
  return (
    <EmptyState
      title={`${eventType.name} is off`}
      action={
        <Button
          look="primary"
          busy={setActive.isPending}
          onClick={() => setActive.mutate({ id: eventType.id, is_active: true })}
        >
          Switch it on
        </Button>
      }
    >
      Visitors are told that the page does not exist. It can be seen once it is on.
    </EmptyState>
  );
}
