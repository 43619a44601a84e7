import { useNavigate } from "react-router";
import { useCreateEventType } from "../../../api/event-types";
import { useMe } from "../../../api/me";
import { PageHead } from "../../../components/page-head";
import { showToast } from "../../../components/toast";
import { EventTypeForm } from "./event-type-form";
import { NEW_EVENT_TYPE, toInput } from "./values";

export function Component() {
  const me = useMe();
  const create = useCreateEventType();
  const navigate = useNavigate();
  return (
    <>
      <PageHead title="New event type" back={{ to: "/event-types", label: "Event types" }} />
      <EventTypeForm
        isNew
        values={NEW_EVENT_TYPE}
        organizerSlug={me.slug}
        save={async (values) => {
          const created = await create.mutateAsync(toInput(values));
          showToast({ text: `${created.name} is ready to be booked.` });
          // After this render, so that the form is clean by the time the guard looks.
          setTimeout(() => navigate("/event-types"));
          return values;
        }}
      />
    </>
  );
}
