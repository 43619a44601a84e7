import { useQuery } from "@tanstack/react-query";
import { waitlistFiguresQuery } from "../../api/waitlist";
import { rateWords } from "./words";

/** How many wait, and what became of those who waited. */
export function Figures() {
  const { data } = useQuery(waitlistFiguresQuery);
  // Its room is kept, so that the list does not jump.
  if (!data) return <div className="wl-figures" aria-busy="true" />;
  const rate = rateWords(data);
  const figures = [
    { label: "Waiting", value: data.active },
    { label: "With an offer", value: data.notified },
    { label: "Booked", value: data.converted },
    { label: "Lapsed", value: data.expired },
    { label: "Left", value: data.cancelled },
    { label: "Got a time", value: rate || "–" },
  ];
  return (
    <dl className="wl-figures">
      {figures.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="t">
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
