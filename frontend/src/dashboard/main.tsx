import "@fontsource-variable/inter/wght.css";
import "./styles/index.css";
import { createRoot } from "react-dom/client";
import { readInit } from "./api/init";
import { meQuery } from "./api/me";
import { App } from "./app/app";
import { queryClient } from "./app/query-client";

const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root");
queryClient.setQueryData(meQuery.queryKey, readInit().user);
createRoot(root).render(<App />);
