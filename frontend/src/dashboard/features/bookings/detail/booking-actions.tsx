import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  CalendarClock,
  CheckCheck,
  Download,
  ExternalLink,
  Link2,
  ShieldX,
  UserRoundCog,
  UserX,
} from "lucide-react";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import { type Booking, useCompleteBooking, useMarkNoShow } from "../../../api/bookings";
import { eventTypesQuery } from "../../../api/event-types";
import { messageOf } from "../../../api/problem";
import type { Source } from "../../../api/undo";
import { type Action, ActionMenu } from "../../../components/action-menu";
import { Button } from "../../../components/button";
import { showToast } from "../../../components/toast";
import { firstName, isSession, whoBooked } from "../../../lib/booking-people";
import { copyText } from "../../../lib/copy-text";
import { ReassignDialog, RescheduleDialog, UndoDialog } from "../dialogs";
import { canBeClosed, canChange } from "../facts";
import { CancelDialog } from "./cancel-dialog";
import { downloadBooking } from "./download-booking";

/** Reschedule and Cancel, as long as the booking is still ahead; a request is answered instead. */
export function ChangeButtons({ booking, zone }: { booking: Booking; zone: string }): ReactNode {
  const [open, setOpen] = useState<"reschedule" | "cancel" | null>(null);
  const isChangeable = canChange(booking, Date.now()) && booking.status !== "pending";
  if (!isChangeable && open === null) return null;
  const close = () => setOpen(null);
  return (
    <div className="foot">
      <Button onClick={() => setOpen("reschedule")}>Reschedule</Button>
      <Button look="danger" onClick={() => setOpen("cancel")}>
        Cancel
      </Button>
      {open === "cancel" && <CancelDialog booking={booking} onClose={close} />}
      {open === "reschedule" && <RescheduleDialog booking={booking} zone={zone} onClose={close} />}
    </div>
  );
}

type Opened = "reschedule" | "reassign" | "undo" | null;

/** What is wanted less often. */
export function BookingMenu({
  booking,
  zone,
  inPanel,
}: {
  booking: Booking;
  zone: string;
  inPanel: boolean;
}) {
  const [open, setOpen] = useState<Opened>(null);
  const close = () => setOpen(null);
  const actions = useMenu(booking, inPanel, setOpen);
  return (
    <>
      {actions.length > 0 && (
        <ActionMenu label={`More for ${whoBooked(booking)}`} actions={actions} />
      )}
      {open === "reschedule" && <RescheduleDialog booking={booking} zone={zone} onClose={close} />}
      {open === "reassign" && <ReassignDialog booking={booking} onClose={close} />}
      {open === "undo" && <UndoDialog known={sourcesOf(booking)} onClose={close} />}
    </>
  );
}

function useMenu(booking: Booking, inPanel: boolean, open: (what: Opened) => void): Action[] {
  const navigate = useNavigate();
  const complete = useCompleteBooking();
  const noShow = useMarkNoShow();
  const client = useQueryClient();
  const { data: eventTypes = [] } = useQuery(eventTypesQuery);
  const now = Date.now();
  const tell = (text: string) => ({
    onSuccess: () => showToast({ text }),
    onError: (error: Error) => showToast({ text: messageOf(error) }),
  });
  const actions: Action[] = [];
  if (inPanel) {
    actions.push({
      id: "open",
      label: "Open on its own page",
      icon: ExternalLink,
      run: () => navigate(`/bookings/${booking.id}`),
    });
  }
  // Each attendee of a group session has a link of their own.
  if (booking.manage_url) {
    actions.push({
      id: "copy",
      label: "Copy the invitee's link",
      icon: Link2,
      run: async () => {
        const copied = await copyText(booking.manage_url);
        showToast({ text: copied ? "Link copied." : "Your browser does not allow copying." });
      },
    });
  }
  if (canChange(booking, now)) {
    if (booking.status === "pending") {
      actions.push({
        id: "reschedule",
        label: "Move to another time",
        icon: CalendarClock,
        run: () => open("reschedule"),
      });
    }
    // Who serves it is chosen only where hosts take turns; of others' event types the kind is
    // unknown here, and they have the menu of their organizer.
    if (eventTypes.find(({ id }) => id === booking.event_type.id)?.kind === "round_robin") {
      actions.push({
        id: "reassign",
        label: "Give to another host",
        icon: UserRoundCog,
        run: () => open("reassign"),
      });
    }
  }
  if (canBeClosed(booking, now)) {
    if (booking.status !== "completed") {
      actions.push({
        id: "complete",
        label: "Mark as completed",
        icon: CheckCheck,
        run: () => complete.mutate({ id: booking.id }, tell("Marked as completed.")),
      });
    }
    if (booking.status !== "no_show") {
      actions.push({
        id: "no-show",
        label: isSession(booking)
          ? "Nobody came"
          : `${firstName(booking.invitee_name) || "They"} did not come`,
        icon: UserX,
        run: () => noShow.mutate({ id: booking.id }, tell("Marked as no-show.")),
      });
    }
  }
  actions.push({
    id: "download",
    label: "Download as a file",
    icon: Download,
    run: () => {
      downloadBooking(booking, client).catch((error) => showToast({ text: messageOf(error) }));
    },
  });
  if (sourcesOf(booking).length > 0) {
    actions.push({
      id: "undo",
      label: "Undo everything from this source",
      icon: ShieldX,
      danger: true,
      apart: true,
      run: () => open("undo"),
    });
  }
  return actions;
}

/** Where a booking came from, by what is still known of it. */
function sourcesOf(booking: Booking): { label: string; source: Source }[] {
  const sources: { label: string; source: Source }[] = [];
  if (booking.created_from) {
    sources.push({
      label: `Internet address ${booking.created_from}`,
      source: { ip_address: booking.created_from },
    });
  }
  if (booking.invitee_email) {
    sources.push({ label: booking.invitee_email, source: { email: booking.invitee_email } });
  }
  return sources;
}
