import { CheckCheck, ExternalLink, Link2, UserX } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useNavigate } from "react-router";
import { type Booking, useCompleteBooking, useMarkNoShow } from "../../../api/bookings";
import { messageOf } from "../../../api/problem";
import { type Action, ActionMenu } from "../../../components/action-menu";
import { Button } from "../../../components/button";
import { showToast } from "../../../components/toast";
import { firstName, isSession, whoBooked } from "../../../lib/booking-people";
import { copyText } from "../../../lib/copy-text";
import { canBeClosed, canChange } from "../facts";
import { CancelDialog } from "./cancel-dialog";
import { RescheduleDialog } from "./reschedule-dialog";

/** Reschedule and Cancel, as long as the booking is still ahead. */
export function ChangeButtons({ booking, zone }: { booking: Booking; zone: string }): ReactNode {
  const [open, setOpen] = useState<"reschedule" | "cancel" | null>(null);
  if (!canChange(booking, Date.now()) && open === null) return null;
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

/** What is wanted less often. */
export function BookingMenu({ booking, inPanel }: { booking: Booking; inPanel: boolean }) {
  const navigate = useNavigate();
  const complete = useCompleteBooking();
  const noShow = useMarkNoShow();
  const tell = (text: string) => ({
    onSuccess: () => showToast({ text }),
    onError: (error: Error) => showToast({ text: messageOf(error) }),
  });
  const actions: Action[] = [];
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
  if (inPanel) {
    actions.unshift({
      id: "open",
      label: "Open on its own page",
      icon: ExternalLink,
      run: () => navigate(`/bookings/${booking.id}`),
    });
  }
  if (canBeClosed(booking, Date.now())) {
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
          : `${firstName(booking.invitee_name)} did not come`,
        icon: UserX,
        run: () => noShow.mutate({ id: booking.id }, tell("Marked as no-show.")),
      });
    }
  }
  if (actions.length === 0) return null;
  return <ActionMenu label={`More for ${whoBooked(booking)}`} actions={actions} />;
}
