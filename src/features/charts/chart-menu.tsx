/** What can be done with one chart: see it large, pin it, move it, and take it away as numbers or as a picture. */
import { ActionIcon, Group, Menu, Tooltip } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconDotsVertical,
  IconFileTypeCsv,
  IconFileTypePng,
  IconFileTypeSvg,
  IconMaximize,
  IconMinimize,
  IconPin,
  IconPinnedOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export interface ChartActions {
  readonly pinned: boolean;
  readonly large: boolean;
  readonly onPin: () => void;
  readonly onLarge: () => void;
  /** Absent at the end of the row. */
  readonly onEarlier?: (() => void) | undefined;
  readonly onLater?: (() => void) | undefined;
  readonly onSave: (kind: 'csv' | 'svg' | 'png') => void;
}

const saves = [
  { kind: 'csv', Icon: IconFileTypeCsv },
  { kind: 'png', Icon: IconFileTypePng },
  { kind: 'svg', Icon: IconFileTypeSvg },
] as const;

interface Props {
  readonly id: string;
  readonly title: string;
  readonly actions: ChartActions;
}

export function ChartMenu({ id, title, actions }: Props) {
  const { t } = useTranslation('charts');
  const { large, pinned } = actions;
  const largeLabel = t(large ? 'smaller' : 'larger');
  return (
    <Group gap={2} wrap="nowrap">
      {pinned && <IconPin size={14} color="var(--mantine-primary-color-filled)" aria-hidden />}
      <Tooltip label={largeLabel} openDelay={400}>
        <ActionIcon
          size={22}
          variant="subtle"
          color="gray"
          onClick={actions.onLarge}
          aria-label={`${largeLabel}: ${title}`}
          data-testid={`chart-large-${id}`}
        >
          {large ? <IconMinimize size={15} /> : <IconMaximize size={15} />}
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end" withinPortal shadow="md">
        <Menu.Target>
          <ActionIcon size={22} variant="subtle" color="gray" aria-label={t('menu', { chart: title })} data-testid={`chart-menu-${id}`}>
            <IconDotsVertical size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!large && (
            <>
              <Menu.Item leftSection={pinned ? <IconPinnedOff size={15} /> : <IconPin size={15} />} onClick={actions.onPin}>
                {t(pinned ? 'unpin' : 'pin')}
              </Menu.Item>
              <Menu.Item leftSection={<IconArrowUp size={15} />} disabled={!actions.onEarlier} onClick={actions.onEarlier}>
                {t('earlier')}
              </Menu.Item>
              <Menu.Item leftSection={<IconArrowDown size={15} />} disabled={!actions.onLater} onClick={actions.onLater}>
                {t('later')}
              </Menu.Item>
              <Menu.Divider />
            </>
          )}
          {saves.map(({ kind, Icon }) => (
            <Menu.Item key={kind} leftSection={<Icon size={15} />} onClick={() => actions.onSave(kind)} data-testid={`chart-${kind}-${id}`}>
              {t(`save.${kind}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
