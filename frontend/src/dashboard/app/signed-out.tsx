import { Outlet } from "react-router";
import { Dial } from "../components/dial";
import { ToastRegion } from "../components/toast";

/** The frame of sign-in and its kin: the brand and one narrow column. */
export function SignedOut() {
  return (
    <div className="gate">
      <header className="brand">
        <Dial minutes={30} />
        Halfpast
      </header>
      <main className="gate-main">
        <Outlet />
      </main>
      <ToastRegion wide />
    </div>
  );
}
