import { QueryClientProvider } from "@tanstack/react-query";
import { I18nProvider } from "react-aria-components";
import { RouterProvider } from "react-router";
import { componentLocale } from "../lib/locale";
import { queryClient } from "./query-client";
import { router } from "./router";

export function App() {
  return (
    <I18nProvider locale={componentLocale()}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  );
}
