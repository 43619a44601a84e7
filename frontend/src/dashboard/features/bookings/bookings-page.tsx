import { ShieldX } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useSearchParams } from "react-router";
import type { Booking } from "../../api/bookings";
import { useMe } from "../../api/me";
import { ActionMenu } from "../../components/action-menu";
import { useDocumentTitle } from "../../components/page-head";
import { Waiting } from "../../components/states";
import { useWide } from "../../lib/use-wide";
import "./bookings.css";
import { Panel } from "./detail/panel";
import { UndoDialog } from "./dialogs";
import { ListView } from "./list/list-view";
import { ViewSwitch } from "./view-switch";

const WeekView = lazy(() => import("./week/week-view"));

/** From this width a booking opens beside the list; below, on a page of its own. */
const PANEL_FROM = 1080;

export function Component() {
  const me = useMe();
  const [now] = useState(() => Math.floor(Date.now() / 60_000) * 60_000);
  const [isUndoing, setUndoing] = useState(false);
  const [params, setParams] = useSearchParams();
  const roomy = useWide(PANEL_FROM);
  const selected = roomy ? params.get("booking") : null;
  const week = params.get("view") === "week";
  useDocumentTitle("Bookings");

  const select = (id: string | null) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (id) after.set("booking", id);
      else after.delete("booking");
      return after;
    });
  const open = (booking: Booking) => {
    if (roomy) select(booking.id);
    return roomy;
  };

  return (
    <div className={week ? "bk-page bk-week" : "bk-page"}>
      <div className="bk-main">
        {week ? (
          <Suspense fallback={<Waiting rows={8} />}>
            <WeekView zone={me.timezone} now={now} selected={selected} onSelect={open} />
          </Suspense>
        ) : (
          <>
            <div className="head">
              <h1>Bookings</h1>
              <ViewSwitch week={false} />
              <ActionMenu
                label="More"
                actions={[
                  {
                    id: "undo",
                    label: "Undo everything from one source",
                    icon: ShieldX,
                    danger: true,
                    run: () => setUndoing(true),
                  },
                ]}
              />
              {isUndoing && <UndoDialog known={[]} onClose={() => setUndoing(false)} />}
            </div>
            <ListView zone={me.timezone} now={now} selected={selected} onSelect={open} />
          </>
        )}
      </div>
      {selected && (
        <Panel key={selected} id={selected} zone={me.timezone} onClose={() => select(null)} />
      )}
    </div>
  );
}
