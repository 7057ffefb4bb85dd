/** For a chosen bar: which bars the heads of each block see from there, and how they weigh them. */
import { Button, Group, Loader, SegmentedControl, SimpleGrid, Slider, Stack, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/panel/panel.tsx';
import { Term } from '../../components/term/term.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { attend } from '../../store/predicting.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';
import { type AttentionView, barsHolding, headWeights, seenBars } from '../../training/attention.ts';
import type { Prediction } from '../../training/prediction.ts';
import { AttentionStrip } from './attention-strip.tsx';

interface SlidedProps {
  readonly label: string;
  readonly value: number;
  readonly count: number;
  readonly nameOf: (index: number) => string;
  readonly disabled: boolean;
  readonly onChoose: (index: number) => void;
  readonly testId: string;
}

/** A slider that asks only when it is let go: each place is a pass through the model. */
function Slided({ label, value, count, nameOf, disabled, onChoose, testId }: SlidedProps) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  return (
    <div>
      <Text size="xs">
        {label}: <b>{nameOf(draft)}</b>
      </Text>
      <Slider
        size="sm"
        min={0}
        max={Math.max(1, count - 1)}
        value={draft}
        label={null}
        disabled={disabled}
        onChange={setDraft}
        onChangeEnd={onChoose}
        thumbLabel={label}
        data-testid={testId}
      />
    </div>
  );
}

function Seen({
  view,
  prediction,
  disabled,
}: {
  readonly view: AttentionView;
  readonly prediction: Prediction;
  readonly disabled: boolean;
}) {
  const { t } = useTranslation('prediction');
  const format = useFormat();
  const [block, setBlock] = useState(0);
  const [head, setHead] = useState(0);
  const last = view.time.at(-1) as number;
  const [from, to] = seenBars(view);
  const weights = headWeights(view, block, head);
  const most = weights.indexOf(Math.max(...weights));
  const timeOf = (bar: number): string => format.time(view.time[bar] as number);
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <Slided
          label={t('attention.window')}
          value={prediction.time.indexOf(last)}
          count={prediction.time.length}
          nameOf={(index) => format.time(prediction.time[index] ?? last)}
          disabled={disabled}
          onChoose={(index) => attend(prediction.time[index] as number, null)}
          testId="attention-window"
        />
        <Slided
          label={t('attention.from')}
          value={view.bar}
          count={view.time.length}
          nameOf={timeOf}
          disabled={disabled}
          onChoose={(bar) => attend(last, bar)}
          testId="attention-bar"
        />
      </SimpleGrid>
      <SegmentedControl
        size="xs"
        aria-label={t('attention.blocks')}
        value={String(block)}
        onChange={(value) => setBlock(Number(value))}
        data={Array.from({ length: view.blocks }, (_, index) => ({ value: String(index), label: t('attention.block', { number: index }) }))}
        style={{ alignSelf: 'flex-start', maxWidth: '100%', overflowX: 'auto' }}
      />
      <AttentionStrip view={view} block={block} head={head} onHead={setHead} />
      <Text size="sm" role="status" data-testid="attention-summary">
        {t('attention.summary', {
          head,
          block,
          time: timeOf(view.bar),
          half: barsHolding(weights, 0.5),
          count: to - from + 1,
          most: timeOf(most),
          share: format.percent(weights[most] as number, 1),
        })}
      </Text>
    </Stack>
  );
}

export function AttentionLens({ prediction }: { readonly prediction: Prediction }) {
  const { t } = useTranslation('prediction');
  const view = useStudio((state) => state.attention);
  const attending = useStudio((state) => state.attending);
  const training = useStudio(isTraining);
  const newest = prediction.time.at(-1);
  if (newest === undefined) return null;
  return (
    <Panel
      title={t('attention.title')}
      term="attentionWeight"
      note={t('attention.note')}
      actions={attending && <Loader size="xs" />}
      testId="attention-lens"
    >
      {view ? (
        <Seen view={view} prediction={prediction} disabled={attending || training} />
      ) : (
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconEye size={16} />}
            disabled={attending || training}
            onClick={() => attend(newest, null)}
            data-testid="attention-show"
          >
            {t('attention.show')}
          </Button>
        </Group>
      )}
      <Text size="xs" c="dimmed">
        <Term id="attentionHead">{t('attention.heads')}</Term> · <Term id="attentionWeight">{t('attention.weights')}</Term> ·{' '}
        {view && view.reach !== null ? (
          <Term id="attentionWindow">{t('attention.local', { reach: view.reach })}</Term>
        ) : (
          view && t('attention.dense')
        )}{' '}
        {t('attention.help')}
      </Text>
    </Panel>
  );
}
