import { useNavigate } from "react-router";
import { type EventType, useDuplicateEventType, useSetActive } from "../../../api/event-types";
import { messageOf } from "../../../api/problem";
import { showToast } from "../../../components/toast";

/** Turns it on or off at once; the toast says what that means and takes it back. */
export function useToggle(): (eventType: EventType) => void {
  const setActive = useSetActive();
  const turn = (eventType: EventType, is_active: boolean) =>
    setActive.mutate(
      { id: eventType.id, is_active },
      {
        onSuccess: () =>
          showToast({
            text: is_active
              ? `${eventType.name} is on. Its link takes bookings again.`
              : `${eventType.name} is off. Its bookings stay.`,
            undo: () => turn(eventType, !is_active),
          }),
        onError: (error) => showToast({ text: messageOf(error) }),
      },
    );
  return (eventType) => turn(eventType, !eventType.is_active);
}

export function useDuplicate(): (eventType: EventType) => void {
  const duplicate = useDuplicateEventType();
  const navigate = useNavigate();
  return (eventType) =>
    duplicate.mutate(eventType.id, {
      onSuccess: (copy) => {
        showToast({ text: `${copy.name} is off until you switch it on. Give it its own name.` });
        navigate(`/event-types/${copy.id}/edit`);
      },
      onError: (error) => showToast({ text: messageOf(error) }),
    });
}
