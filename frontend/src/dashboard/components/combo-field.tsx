import { ChevronDown } from "lucide-react";
import {
  Button,
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from "react-aria-components";
import { Hint } from "./field";
import { Icon } from "./icon";

export interface ComboItem {
  id: string;
  name: string;
  /** Stands small at the end of its line. */
  note?: string;
}

/** A long list to choose from by typing a part of a name. `value` is the id, empty for none. */
export function ComboField({
  label,
  openLabel,
  value,
  items,
  error,
  help,
  placeholder,
  onChange,
}: {
  label: string;
  /** What the arrow does: "Show zones". */
  openLabel: string;
  value: string;
  items: readonly ComboItem[];
  error?: string | undefined;
  help?: string | undefined;
  placeholder?: string;
  onChange: (id: string) => void;
}) {
  return (
    <ComboBox
      className="field"
      menuTrigger="focus"
      defaultItems={items}
      selectedKey={value || null}
      isInvalid={Boolean(error)}
      defaultFilter={matchesName}
      onSelectionChange={(key) => {
        if (key) onChange(String(key));
      }}
    >
      <Label className="label">{label}</Label>
      <div className="combo">
        <Input className="input" autoComplete="off" placeholder={placeholder ?? ""} />
        <Button className="combo-open" aria-label={openLabel}>
          <Icon of={ChevronDown} />
        </Button>
      </div>
      <Text slot="description">
        <Hint id="" error={error}>
          {help}
        </Hint>
      </Text>
      <Popover className="pop zones" offset={4}>
        <ListBox>
          {(item: ComboItem) => (
            <ListBoxItem id={item.id} className="pop-item" textValue={item.name}>
              {item.name}
              {item.note && <small>{item.note}</small>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

function matchesName(text: string, typed: string): boolean {
  return plain(text).includes(plain(typed.trim()));
}

/** Without case, accents and underscores: "sao" finds "São", "new_y" finds "New York". */
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .replaceAll("_", " ")
    .toLowerCase();
}
