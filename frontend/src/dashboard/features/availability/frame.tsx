import type { ReactNode } from "react";
import { Link } from "react-router";
import { PageHead } from "../../components/page-head";
import "./availability.css";

const VIEWS = [
  { to: "/availability", label: "Hours" },
  { to: "/availability/time-off", label: "Time off" },
  { to: "/availability/holidays", label: "Public holidays" },
  { to: "/availability/travel", label: "Travel" },
] as const;

/** The head that the four parts of availability share, with the part's own main action. */
export function Frame({
  view,
  action,
  children,
}: {
  view: (typeof VIEWS)[number]["to"];
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <PageHead title="Availability">{action}</PageHead>
      <div className="tools">
        <nav className="tabs av-views" aria-label="Parts of availability">
          {VIEWS.map(({ to, label }) => (
            <Link key={to} to={to} aria-current={to === view ? "page" : undefined}>
              {label}
            </Link>
          ))}
        </nav>
      </div>
      {children}
    </>
  );
}
