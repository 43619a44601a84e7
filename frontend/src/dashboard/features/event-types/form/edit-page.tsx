import { useQuery } from "@tanstack/react-query";
import { ExternalLink, Eye, Link2 } from "lucide-react";
import { useParams } from "react-router";
import { type EventType, eventTypeQuery, useUpdateEventType } from "../../../api/event-types";
import { useMe } from "../../../api/me";
import { Button, ButtonLink } from "../../../components/button";
import { Icon } from "../../../components/icon";
import { PageHead } from "../../../components/page-head";
import { LoadError, Waiting } from "../../../components/states";
import { showToast } from "../../../components/toast";
import { copyLink, pathOf } from "../links";
import { EventTypeForm } from "./event-type-form";
import { toInput, toValues } from "./values";

export function Component() {
  const { id = "" } = useParams();
  const found = useQuery(eventTypeQuery(id));
  if (found.isError) {
    return (
      <>
        <PageHead title="Event type" back={{ to: "/event-types", label: "Event types" }} />
        <LoadError error={found.error} onRetry={() => found.refetch()} />
      </>
    );
  }
  if (!found.data) return <Waiting rows={8} />;
  return <EditEventType key={found.data.id} eventType={found.data} />;
}

function EditEventType({ eventType }: { eventType: EventType }) {
  const me = useMe();
  const update = useUpdateEventType();
  const path = pathOf(me.slug, eventType);
  return (
    <>
      <PageHead title={eventType.name} back={{ to: "/event-types", label: "Event types" }}>
        <Button look="quiet" className="wide-only" onClick={() => copyLink(eventType)}>
          <Icon of={Link2} />
          Copy link
        </Button>
        <ButtonLink look="quiet" to={`/event-types/${eventType.id}/preview`}>
          <Icon of={Eye} />
          Preview
        </ButtonLink>
        <a className="btn quiet wide-only" href={path} target="_blank" rel="noreferrer">
          <Icon of={ExternalLink} />
          Open page
        </a>
      </PageHead>
      <EventTypeForm
        isNew={false}
        values={toValues(eventType)}
        organizerSlug={me.slug}
        save={async (values) => {
          const changed = await update.mutateAsync({ id: eventType.id, changes: toInput(values) });
          showToast({ text: `${changed.name} is saved.` });
          return toValues(changed);
        }}
      />
    </>
  );
}
