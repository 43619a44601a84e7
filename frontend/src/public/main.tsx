import { createRoot } from "react-dom/client";
import { Booker, readWishes } from "./booking/booker";
import { makePage } from "./booking/page";
import { readInit } from "./init";
import "./public.css";

const app = document.getElementById("app");
const init = readInit();
if (app && init) {
  const wishes = readWishes(new URLSearchParams(location.search));
  // The server's placeholder has the same size: the page does not move.
  app.replaceChildren();
  createRoot(app).render(<Booker page={makePage(init, navigator.languages)} wishes={wishes} />);
}
