import { useQuery } from "@tanstack/react-query";
import { Plus, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useMe } from "../../api/me";
import { messageOf } from "../../api/problem";
import { type Schedule, schedulesQuery, useSaveSchedule } from "../../api/schedules";
import { type Action, ActionMenu } from "../../components/action-menu";
import { Button } from "../../components/button";
import { Icon } from "../../components/icon";
import { EmptyState, LoadError, Waiting } from "../../components/states";
import { Tag } from "../../components/tag";
import { showToast } from "../../components/toast";
import { DeleteScheduleDialog } from "./delete-schedule-dialog";
import { Frame } from "./frame";
import { NewScheduleDialog } from "./new-schedule-dialog";
import { ScheduleEditor } from "./schedule-editor";

export function Component() {
  const me = useMe();
  const list = useQuery(schedulesQuery);
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const schedules = list.data ?? [];
  const shown =
    schedules.find(({ id }) => id === params.get("schedule")) ??
    schedules.find(({ is_default }) => is_default) ??
    schedules[0];
  return (
    <Frame
      view="/availability"
      action={
        <Button onClick={() => setAdding(true)}>
          <Icon of={Plus} />
          New schedule
        </Button>
      }
    >
      {list.isPending && <Waiting rows={7} />}
      {list.isError && <LoadError error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && !shown && (
        <EmptyState
          title="No hours yet"
          action={
            <Button look="primary" onClick={() => setAdding(true)}>
              Set your hours
            </Button>
          }
        >
          Nothing can be booked until you say when you are there.
        </EmptyState>
      )}
      {shown && (
        <>
          <ScheduleTabs schedules={schedules} shown={shown} />
          <ScheduleEditor key={shown.id} schedule={shown} weekStart={me.week_start} />
        </>
      )}
      {adding && (
        <NewScheduleDialog
          timezone={me.timezone}
          onCreated={(schedule) => {
            setAdding(false);
            navigate(`/availability?schedule=${schedule.id}`);
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </Frame>
  );
}

/** Which schedule is edited; with a single one there is nothing to choose. */
function ScheduleTabs({ schedules, shown }: { schedules: readonly Schedule[]; shown: Schedule }) {
  const save = useSaveSchedule();
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const actions: Action[] = [];
  if (!shown.is_default) {
    actions.push(
      {
        id: "default",
        label: "Make it the default",
        icon: Star,
        run: () =>
          save.mutate(
            { id: shown.id, changes: { is_default: true } },
            {
              onSuccess: () => showToast({ text: `${shown.name} is the default now.` }),
              onError: (error) => showToast({ text: messageOf(error) }),
            },
          ),
      },
      {
        id: "delete",
        label: "Delete",
        icon: Trash2,
        danger: true,
        apart: true,
        run: () => setDeleting(true),
      },
    );
  }
  if (schedules.length < 2) return null;
  return (
    <div className="tools av-schedules">
      <nav className="segs" aria-label="Schedules">
        {schedules.map((schedule) => (
          <Link
            key={schedule.id}
            to={`/availability?schedule=${schedule.id}`}
            aria-current={schedule.id === shown.id ? "true" : undefined}
          >
            {schedule.name}
            {schedule.is_default && <Tag>Default</Tag>}
          </Link>
        ))}
      </nav>
      {actions.length > 0 && <ActionMenu label={`More for ${shown.name}`} actions={actions} />}
      {deleting && (
        <DeleteScheduleDialog
          schedule={shown}
          onDeleted={() => navigate("/availability")}
          onClose={() => setDeleting(false)}
        />
      )}
    </div>
  );
}
