import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { useMe } from "../../../api/me";
import { messageOf } from "../../../api/problem";
import {
  allTimeOffQuery,
  comingTimeOffQuery,
  type TimeOff,
  useDeleteTimeOff,
  useSaveTimeOff,
} from "../../../api/time-off";
import { Button } from "../../../components/button";
import { Icon } from "../../../components/icon";
import { EmptyState, LoadError, Waiting } from "../../../components/states";
import { Tag } from "../../../components/tag";
import { showToast } from "../../../components/toast";
import { zoneCity } from "../../../lib/zones";
import { EntryRow } from "../entry-row";
import { Fold } from "../fold";
import { Frame } from "../frame";
import { TimeOffDialog } from "./time-off-dialog";
import { isNow, lengthOf, whenOf } from "./words";

export function Component() {
  const { timezone } = useMe();
  const coming = useQuery(comingTimeOffQuery);
  const [editing, setEditing] = useState<TimeOff | "new" | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const remove = useRemove(() => title.current?.focus());
  return (
    <Frame
      view="/availability/time-off"
      action={
        <Button look="primary" onClick={() => setEditing("new")}>
          <Icon of={Plus} />
          Add time off
        </Button>
      }
    >
      <section className="av-view" aria-labelledby="off-title">
        <div>
          <h2 id="off-title" ref={title} className="sr" tabIndex={-1}>
            Time off
          </h2>
          <p className="sub">
            Nothing can be booked in these days and hours. Hours are in {zoneCity(timezone)} time.
          </p>
        </div>
        {coming.isPending && <Waiting rows={3} />}
        {coming.isError && <LoadError error={coming.error} onRetry={() => coming.refetch()} />}
        {coming.isSuccess && coming.data.length === 0 && (
          <EmptyState title="No time off ahead">
            Add your next holiday, a day of rest or an hour at the dentist.
          </EmptyState>
        )}
        {coming.isSuccess && coming.data.length > 0 && (
          <TimeOffList
            entries={coming.data}
            timezone={timezone}
            onEdit={setEditing}
            onDelete={remove}
          />
        )}
        {coming.isSuccess && (
          <Past coming={coming.data} timezone={timezone} onEdit={setEditing} onDelete={remove} />
        )}
      </section>
      {editing && (
        <TimeOffDialog
          entry={editing === "new" ? null : editing}
          timezone={timezone}
          onClose={() => setEditing(null)}
        />
      )}
    </Frame>
  );
}

interface ListProps {
  timezone: string;
  onEdit: (entry: TimeOff) => void;
  onDelete: (entry: TimeOff, when: string) => void;
}

function TimeOffList({
  entries,
  timezone,
  onEdit,
  onDelete,
}: ListProps & { entries: readonly TimeOff[] }) {
  const now = Date.now();
  return (
    <ul className="list">
      {entries.map((entry) => {
        const when = whenOf(entry, timezone, now);
        return (
          <EntryRow
            key={entry.id}
            when={when}
            tag={isNow(entry, timezone, now) && <Tag>Now</Tag>}
            meta={lengthOf(entry)}
            note={entry.note}
            onEdit={() => onEdit(entry)}
            onDelete={() => onDelete(entry, when)}
          />
        );
      })}
    </ul>
  );
}

/** What is over, latest first; read from the server when it is first unfolded. */
function Past({ coming, ...list }: ListProps & { coming: readonly TimeOff[] }) {
  const [wanted, setWanted] = useState(false);
  const all = useQuery({ ...allTimeOffQuery, enabled: wanted });
  const past = all.data?.filter(({ id }) => !coming.some((entry) => entry.id === id)).toReversed();
  return (
    <Fold title="Past time off" onOpen={() => setWanted(true)}>
      {all.isError && <LoadError error={all.error} onRetry={() => all.refetch()} />}
      {all.isPending && <Waiting rows={1} />}
      {past?.length === 0 && <p className="muted">Nothing is over yet.</p>}
      {past && past.length > 0 && <TimeOffList entries={past} {...list} />}
    </Fold>
  );
}

/** Deletes at once; the toast takes it back. */
function useRemove(onGone: () => void) {
  const remove = useDeleteTimeOff();
  const restore = useSaveTimeOff();
  const tell = (error: Error) => showToast({ text: messageOf(error) });
  return (entry: TimeOff, when: string) =>
    remove.mutate(entry.id, {
      onSuccess: () => {
        const { id, created_at, ...body } = entry;
        showToast({
          text: `${when}: no longer time off.`,
          undo: () => restore.mutate({ body }, { onError: tell }),
        });
        onGone();
      },
      onError: tell,
    });
}
