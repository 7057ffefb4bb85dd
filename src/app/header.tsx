/** The name of the studio, and the switches for language, colours and conventions. */
import { ActionIcon, Group, Menu, SegmentedControl, Text, Tooltip, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconKeyboard, IconMoon, IconSettings, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { setLanguage, setView } from '../store/actions.ts';
import { useStudio } from '../store/store.ts';
import { candleColors } from '../store/view.ts';
import { allowNotices, noticesPossible } from './use-end-notice.ts';

function SchemeSwitch() {
  const { t } = useTranslation('app');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = { auto: 'light', light: 'dark', dark: 'auto' } as const;
  const names = { auto: t('system'), light: t('light'), dark: t('dark') };
  const Icon = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon }[colorScheme];
  return (
    <Tooltip label={`${t('scheme')}: ${names[colorScheme]}`}>
      <ActionIcon
        variant="default"
        size={28}
        data-testid="scheme-switch"
        aria-label={`${t('scheme')}: ${names[colorScheme]}`}
        onClick={() => setColorScheme(next[colorScheme])}
      >
        <Icon size={16} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

function LanguageSwitch() {
  const { t } = useTranslation('app');
  const language = useStudio((state) => state.language);
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('language')}
      data-testid="language-switch"
      value={language}
      onChange={(value) => setLanguage(value === 'zh' ? 'zh' : 'en')}
      data={[
        { value: 'zh', label: <span lang="zh-CN">中文</span> },
        { value: 'en', label: <span lang="en">English</span> },
      ]}
    />
  );
}

/** Conventions that differ from market to market and from person to person. */
function Preferences({ onKeys }: { readonly onKeys: () => void }) {
  const { t } = useTranslation('app');
  const view = useStudio((state) => state.view);
  return (
    <Menu position="bottom-end" withinPortal shadow="md" closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="default" size={28} aria-label={t('preferences')} data-testid="preferences">
          <IconSettings size={16} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('candles')}</Menu.Label>
        <Menu.RadioGroup value={view.candleColors} onChange={(value) => setView({ candleColors: value as (typeof candleColors)[number] })}>
          {candleColors.map((value) => (
            <Menu.RadioItem key={value} value={value} data-testid={`candles-${value}`}>
              {t(`candleColors.${value}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.CheckboxItem
          checked={view.notify}
          disabled={!noticesPossible()}
          onChange={(wanted) => void (wanted ? allowNotices() : Promise.resolve(false)).then((notify) => setView({ notify }))}
          data-testid="notify"
        >
          {t(noticesPossible() ? 'notify' : 'notifyRefused')}
        </Menu.CheckboxItem>
        <Menu.Divider />
        <Menu.Item closeMenuOnClick leftSection={<IconKeyboard size={15} />} onClick={onKeys} data-testid="keys">
          {t('keys')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function Header({ onKeys }: { readonly onKeys: () => void }) {
  const { t } = useTranslation('app');
  return (
    <Group h={48} px="sm" justify="space-between" wrap="nowrap" gap="sm">
      <Group gap="md" wrap="nowrap" miw={0}>
        <UnstyledButton component="a" href="#/data">
          <Text fw={700} size="md" style={{ whiteSpace: 'nowrap' }}>
            {t('name')}
          </Text>
        </UnstyledButton>
        <Text size="xs" c="dimmed" visibleFrom="sm" truncate>
          {t('tagline')}
        </Text>
      </Group>
      <Group gap={6} wrap="nowrap">
        <LanguageSwitch />
        <SchemeSwitch />
        <Preferences onKeys={onKeys} />
      </Group>
    </Group>
  );
}
