/** The dialogs of bookings, fetched when they are first opened: calendars and zone lists are large. */
import { lazyDialog } from "../../components/lazy-dialog";

export const RescheduleDialog = lazyDialog(() =>
  import("./detail/reschedule-dialog").then((module) => module.RescheduleDialog),
);

export const ReassignDialog = lazyDialog(() =>
  import("./detail/reassign-dialog").then((module) => module.ReassignDialog),
);

export const AddAttendeeDialog = lazyDialog(() =>
  import("./detail/people/add-attendee-dialog").then((module) => module.AddAttendeeDialog),
);

export const UndoDialog = lazyDialog(() =>
  import("./undo/undo-dialog").then((module) => module.UndoDialog),
);
