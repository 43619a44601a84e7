import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { type Day, dayInZone } from "../../../../shared/dates/days";
import { useMe } from "../../../api/me";
import { messageOf } from "../../../api/problem";
import { type Travel, travelsQuery, useDeleteTravel, useSaveTravel } from "../../../api/travels";
import { Button } from "../../../components/button";
import { Icon } from "../../../components/icon";
import { EmptyState, LoadError, Waiting } from "../../../components/states";
import { Tag } from "../../../components/tag";
import { showToast } from "../../../components/toast";
import { zoneCity } from "../../../lib/zones";
import { EntryRow } from "../entry-row";
import { Fold } from "../fold";
import { Frame } from "../frame";
import { formatDays } from "../spans";
import { TravelDialog } from "./travel-dialog";

export function Component() {
  const { timezone } = useMe();
  const travels = useQuery(travelsQuery);
  const [editing, setEditing] = useState<Travel | "new" | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const remove = useRemove(() => title.current?.focus());
  const today = dayInZone(Date.now(), timezone);
  const ahead = travels.data?.filter(({ end_date }) => end_date >= today) ?? [];
  const past = travels.data?.filter(({ end_date }) => end_date < today).toReversed() ?? [];
  const list = { today, onEdit: setEditing, onDelete: remove };
  return (
    <Frame
      view="/availability/travel"
      action={
        <Button look="primary" onClick={() => setEditing("new")}>
          <Icon of={Plus} />
          Add travel
        </Button>
      }
    >
      <section className="av-view" aria-labelledby="travel-title">
        <div>
          <h2 id="travel-title" ref={title} className="sr" tabIndex={-1}>
            Travel
          </h2>
          <p className="sub">
            Your hours move with you: what begins at 09:00 at home begins at 09:00 there.
          </p>
        </div>
        {travels.isPending && <Waiting rows={3} />}
        {travels.isError && <LoadError error={travels.error} onRetry={() => travels.refetch()} />}
        {travels.isSuccess && ahead.length === 0 && (
          <EmptyState title="No travel ahead">
            Add a journey, and its days are offered on the clock of where you are.
          </EmptyState>
        )}
        {ahead.length > 0 && <TravelList travels={ahead} {...list} />}
        {past.length > 0 && (
          <Fold title="Past travel">
            <TravelList travels={past} {...list} />
          </Fold>
        )}
      </section>
      {editing && (
        <TravelDialog
          travel={editing === "new" ? null : editing}
          today={today}
          onClose={() => setEditing(null)}
        />
      )}
    </Frame>
  );
}

function TravelList({
  travels,
  today,
  onEdit,
  onDelete,
}: {
  travels: readonly Travel[];
  today: Day;
  onEdit: (travel: Travel) => void;
  onDelete: (travel: Travel, when: string) => void;
}) {
  return (
    <ul className="list">
      {travels.map((travel) => {
        const { id, start_date, end_date, note } = travel;
        const when = formatDays(start_date, end_date, today);
        return (
          <EntryRow
            key={id}
            when={when}
            tag={start_date <= today && today <= end_date && <Tag>Now</Tag>}
            meta={`${zoneCity(travel.timezone)} time`}
            note={note}
            onEdit={() => onEdit(travel)}
            onDelete={() => onDelete(travel, when)}
          />
        );
      })}
    </ul>
  );
}

/** Deletes at once; the toast takes it back. */
function useRemove(onGone: () => void) {
  const remove = useDeleteTravel();
  const restore = useSaveTravel();
  const tell = (error: Error) => showToast({ text: messageOf(error) });
  return (travel: Travel, when: string) =>
    remove.mutate(travel.id, {
      onSuccess: () => {
        const { id, created_at, ...body } = travel;
        showToast({
          text: `${when}: back to your usual zone.`,
          undo: () => restore.mutate({ body }, { onError: tell }),
        });
        onGone();
      },
      onError: tell,
    });
}
