import type { UseFormReturn } from "react-hook-form";
import { HUES } from "../../../lib/hues";
import type { EventTypeValues } from "./values";

export function HueField({ form }: { form: UseFormReturn<EventTypeValues> }) {
  return (
    <fieldset className="field">
      <legend className="label">Colour</legend>
      <div className="hues">
        {HUES.map((hue) => (
          <label key={hue} className={`h-${hue}`}>
            <input type="radio" className="sr" value={hue} {...form.register("color")} />
            <i aria-hidden="true" />
            {hue}
          </label>
        ))}
      </div>
      <div className="hint">Marks it in your lists and your calendar.</div>
    </fieldset>
  );
}
