/** What will happen, in one sentence, and the button that makes it happen; or what is missing, and where to find it. */
import { Anchor, Button, Group, Paper, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useText } from '../../i18n/use-text.ts';
import { catalog } from '../../models/catalog.ts';
import { start } from '../../store/actions.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import { jobsOf } from '../../training/settings.ts';
import { type Blocked, blockedBy } from './blocked-by.ts';
import { stepsPerEpoch } from './estimate.ts';
import classes from './start-bar.module.css';
import { trainingValues } from './training-values.ts';

interface Props {
  readonly sizesFit: boolean;
  /** Addresses of the other places. */
  readonly links: { readonly data: string; readonly training: string };
  /** Called when the queue was handed over. */
  readonly onStarted: () => void;
}

const linkOf: Partial<Record<Blocked, 'data' | 'training'>> = { data: 'data', refused: 'data', unprepared: 'data', training: 'training' };

function Plan() {
  const { t, i18n } = useTranslation('model');
  const text = useText();
  const format = useFormat();
  const settings = useStudio((state) => state.settings);
  const prepared = useStudio((state) => state.prepared);
  const file = useStudio((state) => state.dataset?.name);
  if (!prepared) return null;
  const values = trainingValues(settings);
  const windows = prepared.parts.train.windows;
  const runs = jobsOf(settings, settings.models, (model) => model).length;
  const names = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(settings.models.map((id) => text(catalog[id].name)));
  return (
    <Text size="sm" data-testid="plan">
      {t(settings.models.length === 1 ? 'planOne' : 'planMany', {
        names,
        file,
        windows: format.number(windows),
        length: format.number(prepared.sequenceLength.value),
        epochs: format.number(Number(values.epochs)),
        steps: format.number(stepsPerEpoch(windows, Number(values.batchSize))),
      })}
      {runs > settings.models.length && ` ${t('runsInAll', { count: runs })}`}
    </Text>
  );
}

export function StartBar({ sizesFit, links, onStarted }: Props) {
  const { t } = useTranslation('model');
  const text = useText();
  const blocked = useStudio((state) => blockedBy(state, sizesFit));
  const models = useStudio((state) => state.settings.models);
  const [only] = models;
  const place = blocked && linkOf[blocked];
  const label = models.length === 1 && only ? t('startOne', { name: text(catalog[only].name) }) : t('startMany', { count: models.length });
  return (
    <Paper withBorder bg="var(--studio-surface)" shadow="sm" p="sm" className={classes.bar ?? ''}>
      <Group justify="space-between" gap="sm">
        <div className={classes.words} role="status">
          {blocked ? (
            <Text size="sm" c="dimmed" data-testid="blocked" data-blocked={blocked}>
              {t(`blocked.${blocked}`)} {place && <Anchor href={links[place]}>{t(place === 'data' ? 'toData' : 'toTraining')}</Anchor>}
            </Text>
          ) : (
            <Plan />
          )}
        </div>
        <Button
          leftSection={<IconPlayerPlay size={18} />}
          disabled={blocked !== null}
          data-testid="start"
          onClick={() => {
            start();
            if (isTraining(useStudio.getState())) onStarted();
          }}
        >
          {models.length === 0 ? t('start') : label}
        </Button>
      </Group>
    </Paper>
  );
}
