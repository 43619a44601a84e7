import { useMemo } from "react";
import type { Country, HolidayChoice } from "../../../api/holidays";
import { ComboField } from "../../../components/combo-field";
import { SelectField } from "../../../components/inputs";
import { LoadError } from "../../../components/states";
import { placeFaults } from "../faults";

const PLACES = { country: "country", region: "region" } as const;

/** Country and region; a choice is saved at once. */
export function PlaceFields({
  place,
  countries,
  error,
  onChange,
}: {
  /** What is chosen: stored, on its way, or refused. */
  place: HolidayChoice;
  countries: readonly Country[];
  error: unknown;
  onChange: (place: HolidayChoice) => void;
}) {
  const items = useMemo(() => countries.map(({ code, name }) => ({ id: code, name })), [countries]);
  const country = countries.find(({ code }) => code === place.country);
  const faults = error ? placeFaults(error, PLACES) : { at: {} };
  return (
    <>
      <div className="pair">
        <ComboField
          label="Country"
          openLabel="Show countries"
          placeholder="Type its name"
          value={place.country}
          items={items}
          error={faults.at.country}
          onChange={(code) => {
            if (code === place.country) return;
            onChange({ country: code, region: "" });
          }}
        />
        {country && country.regions.length > 0 && (
          <SelectField
            label="Region"
            value={place.region}
            error={faults.at.region}
            help="Some days are holidays in one region only."
            options={[
              { value: "", label: "Holidays of the whole country" },
              ...country.regions.map(({ code, name }) => ({ value: code, label: name })),
            ]}
            onChange={(event) => onChange({ country: place.country, region: event.target.value })}
          />
        )}
      </div>
      {faults.summary && <LoadError error={error} onRetry={() => onChange(place)} />}
    </>
  );
}
