import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { type EventType, eventTypesQuery } from "../../../api/event-types";
import { type Me, useMe } from "../../../api/me";
import { ButtonLink } from "../../../components/button";
import { Icon } from "../../../components/icon";
import { PageHead } from "../../../components/page-head";
import { isTyping, SearchBox } from "../../../components/search-box";
import { EmptyState, LoadError, Waiting } from "../../../components/states";
import { HostingList } from "../hosting/hosting-list";
import { DeleteDialog } from "./delete-dialog";
import { countByTab, filterEventTypes, type Tab } from "./filter";
import "./list.css";
import { Row } from "./row";

const TABS: { id: Tab; label: string }[] = [
  { id: "all", label: "All" },
  { id: "off", label: "Off" },
];

export function Component() {
  const me = useMe();
  const list = useQuery(eventTypesQuery);
  useNewKey();
  return (
    <>
      <PageHead title="Event types">
        <ButtonLink look="primary" to="/event-types/new">
          <Icon of={Plus} />
          New event type{" "}
          <span className="key" aria-hidden="true">
            N
          </span>
        </ButtonLink>
      </PageHead>
      {list.isPending && <Waiting rows={5} />}
      {list.isError && <LoadError error={list.error} onRetry={() => list.refetch()} />}
      {list.data?.length === 0 && (
        <EmptyState
          title="No event types yet"
          action={
            <ButtonLink look="primary" to="/event-types/new">
              Create your first event type
            </ButtonLink>
          }
        >
          An event type is what people book: how long, where, and when you offer it.
        </EmptyState>
      )}
      {list.data && list.data.length > 0 && <EventTypeList me={me} eventTypes={list.data} />}
      <HostingList />
    </>
  );
}

function EventTypeList({ me, eventTypes }: { me: Me; eventTypes: EventType[] }) {
  const [params] = useSearchParams();
  const tab: Tab = params.get("tab") === "off" ? "off" : "all";
  const [search, setSearch] = useState("");
  const [deleting, setDeleting] = useState<EventType | null>(null);
  const counts = countByTab(eventTypes);
  const shown = filterEventTypes(eventTypes, tab, search);
  return (
    <>
      <div className="tools">
        <nav className="tabs" aria-label="Filter">
          {TABS.map(({ id, label }) => (
            <Link
              key={id}
              to={id === "all" ? "/event-types" : `/event-types?tab=${id}`}
              aria-current={tab === id ? "true" : undefined}
            >
              {label}
              <i>{counts[id]}</i>
            </Link>
          ))}
        </nav>
        <SearchBox label="Search event types" value={search} onChange={setSearch} />
      </div>
      {shown.length === 0 ? (
        <EmptyState title={search ? `Nothing matches “${search}”` : "Nothing is switched off"}>
          {search
            ? "Search looks at names and addresses."
            : "Event types that take no bookings are listed here."}
        </EmptyState>
      ) : (
        <ul className="list event-types">
          <li className="row grp">
            <h2>
              {me.name} <span>/{me.slug}</span>
            </h2>
            <span className="cell" aria-hidden="true">
              Who
            </span>
            <span className="cell" aria-hidden="true">
              Where
            </span>
            <span className="cell" aria-hidden="true">
              Next 7 days
            </span>
          </li>
          {shown.map((eventType) => (
            <Row
              key={eventType.id}
              eventType={eventType}
              organizerSlug={me.slug}
              onDelete={() => setDeleting(eventType)}
            />
          ))}
        </ul>
      )}
      <DeleteDialog eventType={deleting} onClose={() => setDeleting(null)} />
    </>
  );
}

/** N opens the form for a new event type. */
function useNewKey(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.key === "n" && plain && !isTyping(event.target)) navigate("/event-types/new");
    };
    document.addEventListener("keydown", open);
    return () => document.removeEventListener("keydown", open);
  }, [navigate]);
}
