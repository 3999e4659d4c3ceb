import { Select } from "@fluentui/react-components";
import type { MemberRole } from "../../api/types";
import { texts } from "../../texts";

const ROLES: MemberRole[] = ["labeler", "reviewer", "administrator"];

interface RoleSelectProps {
  value: MemberRole;
  label?: string;
  onChange: (role: MemberRole) => void;
}

export function RoleSelect({ value, label, onChange }: RoleSelectProps) {
  return (
    <Select
      value={value}
      {...(label && { "aria-label": label })}
      onChange={(_, data) => onChange(data.value as MemberRole)}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {texts.roles[role]}
        </option>
      ))}
    </Select>
  );
}
