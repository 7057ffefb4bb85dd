/** How all curves are drawn: smoothing, what the horizontal axis counts, logarithmic axes, outliers, and the way out of a zoom. */
import { Button, Group, SegmentedControl, Slider, Switch, Text, Tooltip } from '@mantine/core';
import { IconZoomReset } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { setView } from '../../store/actions.ts';
import { useStudio } from '../../store/store.ts';
import { type ChartAxis, chartAxes, largestSmoothing } from '../../store/view.ts';

interface Props {
  readonly zoomed: boolean;
  readonly onZoomOut: () => void;
}

const switches = ['logX', 'logY', 'hideOutliers'] as const;

export function ChartControls({ zoomed, onZoomOut }: Props) {
  const { t } = useTranslation('charts');
  const format = useFormat();
  const view = useStudio((state) => state.view);
  return (
    <Group gap="sm" style={{ columnGap: 20 }} role="group" aria-label={t('controls')} data-testid="chart-controls">
      <Tooltip label={t('smoothingHelp')} multiline maw={300} openDelay={400}>
        <Group gap="xs" wrap="nowrap">
          <Text size="xs" id="smoothing-label">
            {t('smoothing')}
          </Text>
          <Slider
            w={130}
            size="sm"
            min={0}
            max={largestSmoothing}
            step={0.01}
            value={view.smoothing}
            onChange={(smoothing) => setView({ smoothing })}
            label={null}
            thumbLabel={t('smoothing')}
            data-testid="smoothing"
          />
          <Text size="xs" fw={600} w={30} data-testid="smoothing-value">
            {format.number(view.smoothing, 2)}
          </Text>
        </Group>
      </Tooltip>
      <SegmentedControl
        size="xs"
        value={view.axis}
        onChange={(axis) => {
          setView({ axis: axis as ChartAxis });
          onZoomOut();
        }}
        aria-label={t('axisTitle')}
        data={chartAxes.map((axis) => ({ value: axis, label: t(`axis.${axis}`) }))}
        data-testid="chart-axis"
      />
      {switches.map((name) => (
        <Tooltip key={name} label={t(`viewHelp.${name}`)} multiline maw={300} openDelay={400}>
          <div>
            <Switch
              size="xs"
              withThumbIndicator={false}
              label={t(`view.${name}`)}
              checked={view[name]}
              onChange={(event) => setView({ [name]: event.currentTarget.checked })}
              data-testid={`view-${name}`}
            />
          </div>
        </Tooltip>
      ))}
      {zoomed ? (
        <Button size="compact-xs" variant="light" leftSection={<IconZoomReset size={14} />} onClick={onZoomOut} data-testid="zoom-out">
          {t('zoomOut')}
        </Button>
      ) : (
        <Text size="xs" c="dimmed" visibleFrom="md">
          {t('zoomHint')}
        </Text>
      )}
    </Group>
  );
}
