import { Ellipsis, type LucideIcon } from "lucide-react";
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from "react-aria-components";
import { Icon } from "./icon";

export interface Action {
  id: string;
  label: string;
  icon: LucideIcon;
  danger?: boolean;
  /** Draws a line above. */
  apart?: boolean;
  run: () => void;
}

/** The quiet three dots at the end of a row. */
export function ActionMenu({ label, actions }: { label: string; actions: readonly Action[] }) {
  return (
    <MenuTrigger>
      <Button className="btn quiet sq" aria-label={label}>
        <Icon of={Ellipsis} />
      </Button>
      <Popover className="pop" placement="bottom end" offset={4}>
        <Menu aria-label={label}>
          {actions.flatMap((action) => [
            ...(action.apart ? [<Separator key={`${action.id}-line`} className="pop-line" />] : []),
            <MenuItem
              key={action.id}
              id={action.id}
              className={action.danger ? "pop-item danger" : "pop-item"}
              textValue={action.label}
              onAction={action.run}
            >
              <Icon of={action.icon} />
              {action.label}
            </MenuItem>,
          ])}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
