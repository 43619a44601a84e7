import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { bookingQuery } from "../../../api/bookings";
import { useMe } from "../../../api/me";
import { PageHead } from "../../../components/page-head";
import { LoadError, Waiting } from "../../../components/states";
import { whoBooked } from "../../../lib/booking-people";
import { hueClass } from "../../../lib/hues";
import "../bookings.css";
import { StatusTag } from "../status-tag";
import { BookingMenu, ChangeButtons } from "./booking-actions";
import { BookingBody } from "./booking-body";

export function Component() {
  const { id = "" } = useParams();
  const me = useMe();
  const found = useQuery(bookingQuery(id));
  const back = { to: "/bookings", label: "Bookings" };
  if (found.isError) {
    return (
      <>
        <PageHead title="Booking" back={back} />
        <LoadError error={found.error} onRetry={() => found.refetch()} />
      </>
    );
  }
  if (!found.data) return <Waiting rows={6} />;
  const booking = found.data;
  return (
    <>
      <PageHead title={whoBooked(booking)} sub={booking.event_type.name} back={back}>
        <StatusTag status={booking.status} />
        <BookingMenu booking={booking} zone={me.timezone} inPanel={false} />
      </PageHead>
      <article className={`bk-single ${hueClass(booking.event_type.color)}`}>
        <BookingBody booking={booking} zone={me.timezone} heading="h2" />
        <ChangeButtons booking={booking} zone={me.timezone} />
      </article>
    </>
  );
}
