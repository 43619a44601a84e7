import { Link } from "react-router";

export function ViewSwitch({ week }: { week: boolean }) {
  return (
    <nav className="segs" aria-label="View">
      <Link to="/bookings" aria-current={week ? undefined : "true"}>
        List
      </Link>
      <Link to="/bookings?view=week" aria-current={week ? "true" : undefined}>
        Week
      </Link>
    </nav>
  );
}
