/** Where a file comes in: a drop zone that is also a file chooser, and the one-click sample. Large while there is no data, a slim bar after. */
import { Anchor, Box, Button, Group, Text, Title } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.css';
import { IconFileSpreadsheet, IconFlask2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { loadSample } from '../../store/actions.ts';
import { openFile } from '../../store/importing.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';

// A real input of the page, found by its id in tests and by assistive technology through its label.
const inputProps = { 'data-testid': 'file-input', id: 'file-input' } as Record<string, string>;

function DropBody({ slim }: { readonly slim: boolean }) {
  const { t } = useTranslation('data');
  if (slim)
    return (
      <Group gap="xs" justify="center" wrap="nowrap">
        <IconFileSpreadsheet size={18} stroke={1.6} />
        <Text size="sm">{t('dropAgain')}</Text>
      </Group>
    );
  return (
    <Group justify="center" gap="lg" mih={170} px="md" style={{ pointerEvents: 'none' }}>
      <Box visibleFrom="xs" c="var(--mantine-primary-color-filled)">
        <IconFileSpreadsheet size={48} stroke={1.3} />
      </Box>
      <Box maw={560}>
        <Title order={1} mb={6}>
          {t('dropTitle')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('dropBody')}
        </Text>
      </Box>
    </Group>
  );
}

export function FileDrop({ slim }: { readonly slim: boolean }) {
  const { t } = useTranslation('data');
  const reading = useStudio((state) => state.reading !== null);
  const training = useStudio(isTraining);
  const [refused, setRefused] = useState(false);
  const sample = (
    <Button
      variant={slim ? 'default' : 'light'}
      size={slim ? 'sm' : 'md'}
      leftSection={<IconFlask2 size={18} stroke={1.7} />}
      disabled={training || reading}
      onClick={() => void loadSample()}
      data-testid="try-sample"
    >
      {t('sample')}
    </Button>
  );
  const zone = (
    <Dropzone
      onDrop={([file]) => {
        setRefused(false);
        if (file) void openFile(file);
      }}
      onReject={() => setRefused(true)}
      multiple={false}
      // Beside the zone the page itself takes the file.
      preventDropOnDocument={false}
      disabled={training || reading}
      inputProps={{ ...inputProps, 'aria-label': t('dropTitle') }}
      p={slim ? 6 : 'lg'}
      style={slim ? { flex: 1 } : undefined}
      data-testid="drop-zone"
    >
      <DropBody slim={slim} />
    </Dropzone>
  );
  return (
    <div>
      {slim ? (
        <Group gap="sm" wrap="nowrap">
          {zone}
          {sample}
        </Group>
      ) : (
        <>
          {zone}
          <Text size="sm" mt="sm" maw={900} data-testid="first-visit">
            {t('firstVisit')}
          </Text>
          <Group mt="sm" gap="md">
            {sample}
            <Text size="sm" c="dimmed" maw={640} style={{ flex: '1 1 240px' }}>
              {t('sampleNote')}{' '}
              <Anchor
                component="button"
                type="button"
                size="sm"
                disabled={training || reading}
                onClick={() => void loadSample('noise.csv')}
                data-testid="try-noise"
              >
                {t('noise')}
              </Anchor>
            </Text>
          </Group>
        </>
      )}
      {(refused || training) && (
        <Text size="sm" c={refused ? 'var(--studio-bad)' : 'dimmed'} mt={4}>
          {refused ? t('dropRefused') : t('busy')}
        </Text>
      )}
    </div>
  );
}
