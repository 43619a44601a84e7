import { createBrowserRouter, Navigate } from "react-router";
import { NotFound } from "./not-found";
import { RouteFault } from "./route-fault";
import { Shell } from "./shell";
import { SignedIn } from "./signed-in";
import { SignedOut } from "./signed-out";
import { StillPage } from "./still-page";

/** Every screen is a module of its own, fetched when it is first opened. */
export const router = createBrowserRouter([
  {
    ErrorBoundary: RouteFault,
    HydrateFallback: StillPage,
    children: [
      { index: true, element: <Navigate to="/event-types" replace /> },
      {
        Component: SignedOut,
        children: [
          { path: "login", lazy: () => import("../features/auth/login-page") },
          { path: "signup", lazy: () => import("../features/auth/signup-page") },
          { path: "password-reset", lazy: () => import("../features/auth/request-reset-page") },
          { path: "password-reset/:key", lazy: () => import("../features/auth/reset-page") },
          { path: "verify-email/:key", lazy: () => import("../features/auth/verify-email-page") },
        ],
      },
      {
        Component: SignedIn,
        children: [
          {
            Component: Shell,
            children: [
              {
                ErrorBoundary: RouteFault,
                children: [
                  {
                    path: "event-types",
                    lazy: () => import("../features/event-types/list/list-page"),
                  },
                  {
                    path: "event-types/new",
                    lazy: () => import("../features/event-types/form/new-page"),
                  },
                  {
                    path: "event-types/:id/edit",
                    lazy: () => import("../features/event-types/form/edit-page"),
                  },
                  {
                    path: "event-types/:id/preview",
                    lazy: () => import("../features/event-types/preview/preview-page"),
                  },
                  {
                    path: "event-types/:id/troubleshooter",
                    lazy: () => import("../features/troubleshooter/troubleshooter-page"),
                  },
                  { path: "bookings", lazy: () => import("../features/bookings/bookings-page") },
                  {
                    path: "bookings/:id",
                    lazy: () => import("../features/bookings/detail/booking-page"),
                  },
                  {
                    path: "availability",
                    lazy: () => import("../features/availability/availability-page"),
                  },
                  {
                    path: "availability/time-off",
                    lazy: () => import("../features/availability/time-off/time-off-page"),
                  },
                  {
                    path: "availability/holidays",
                    lazy: () => import("../features/availability/holidays/holidays-page"),
                  },
                  {
                    path: "availability/travel",
                    lazy: () => import("../features/availability/travel/travel-page"),
                  },
                  { path: "waitlist", lazy: () => import("../features/waitlist/waitlist-page") },
                  { path: "settings", lazy: () => import("../features/settings/settings-page") },
                  { path: "*", Component: NotFound },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
]);
