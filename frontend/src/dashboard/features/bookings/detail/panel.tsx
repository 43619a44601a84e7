import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import { bookingQuery } from "../../../api/bookings";
import { Button } from "../../../components/button";
import { Icon } from "../../../components/icon";
import { LoadError, Waiting } from "../../../components/states";
import { whoBooked } from "../../../lib/booking-people";
import { hueClass } from "../../../lib/hues";
import { StatusTag } from "../status-tag";
import { BookingMenu, ChangeButtons } from "./booking-actions";
import { BookingBody } from "./booking-body";

/** One booking beside the list or the week. */
export function Panel({ id, zone, onClose }: { id: string; zone: string; onClose: () => void }) {
  const found = useQuery(bookingQuery(id));
  const booking = found.data;
  return (
    <aside className={`insp ${hueClass(booking?.event_type.color)}`} aria-label="Booking">
      <header>
        <span className="insp-state">{booking && <StatusTag status={booking.status} />}</span>
        {booking && <BookingMenu booking={booking} zone={zone} inPanel />}
        <Button look="quiet" square aria-label="Close" onClick={onClose}>
          <Icon of={X} />
        </Button>
      </header>
      {found.isError && <LoadError error={found.error} onRetry={() => found.refetch()} />}
      {found.isPending && <Waiting rows={4} />}
      {booking && (
        <>
          <div className="insp-title">
            <h2>{whoBooked(booking)}</h2>
            <p className="sub">{booking.event_type.name}</p>
          </div>
          <BookingBody booking={booking} zone={zone} heading="h3" />
          <ChangeButtons booking={booking} zone={zone} />
        </>
      )}
    </aside>
  );
}
