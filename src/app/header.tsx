/** The name, the four places in the order a person walks them, and the language and colour switches. */
import { ActionIcon, Badge, Group, SegmentedControl, Text, Tooltip, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { setLanguage } from '../store/actions.ts';
import { useStudio } from '../store/store.ts';
import { type Place, places } from './route.ts';

/** How far the present run is, on the link to it. */
function TrainingBadge() {
  const format = useFormat();
  const active = useStudio((state) => state.activeRunId !== null);
  const paused = useStudio((state) => state.paused);
  const percent = useStudio((state) => Math.floor((100 * (state.progress?.step ?? 0)) / Math.max(1, state.progress?.totalSteps ?? 1)));
  if (!active) return null;
  return (
    <Badge size="xs" radius="sm" variant="light" color={paused ? 'yellow' : 'steel'}>
      {format.percent(percent / 100)}
    </Badge>
  );
}

function Places({ place }: { readonly place: Place }) {
  const { t } = useTranslation('app');
  return (
    <Group component="nav" aria-label={t('places')} gap={0} h="100%" wrap="nowrap">
      {places.map((name, index) => (
        <a
          key={name}
          className="place-link"
          href={`#/${name}`}
          aria-current={name === place ? 'page' : undefined}
          data-testid={`place-${name}`}
        >
          <span className="place-number">{index + 1}</span>
          {t(name)}
          {name === 'train' && <TrainingBadge />}
        </a>
      ))}
    </Group>
  );
}

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

export function Header({ place, narrow }: { readonly place: Place; readonly narrow: boolean }) {
  const { t } = useTranslation('app');
  const name = (
    <UnstyledButton component="a" href="#/data">
      <Text fw={700} size="md" style={{ whiteSpace: 'nowrap' }}>
        {t('name')}
      </Text>
    </UnstyledButton>
  );
  const switches = (
    <Group gap="xs" wrap="nowrap">
      <LanguageSwitch />
      <SchemeSwitch />
    </Group>
  );
  if (narrow)
    return (
      <>
        <Group h={48} px="sm" justify="space-between" wrap="nowrap">
          {name}
          {switches}
        </Group>
        <div style={{ height: 39 }}>
          <Places place={place} />
        </div>
      </>
    );
  return (
    <Group h="100%" px="md" gap="xl" wrap="nowrap">
      {name}
      <Text size="xs" c="dimmed" visibleFrom="lg" style={{ whiteSpace: 'nowrap' }}>
        {t('tagline')}
      </Text>
      <div style={{ flex: 1, height: '100%' }}>
        <Places place={place} />
      </div>
      {switches}
    </Group>
  );
}
