/** The button that opens the mapping screen, beside what was read or under why it was not. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { openMapping } from '../../../store/actions.ts';
import { isTraining } from '../../../store/state.ts';
import { useStudio } from '../../../store/store.ts';

export function OpenMapping({ refused = false }: { readonly refused?: boolean }) {
  const { t } = useTranslation('mapping');
  const busy = useStudio((state) => state.reading !== null || state.draft !== null || isTraining(state));
  return (
    <Button
      size="compact-xs"
      variant="light"
      disabled={busy}
      onClick={openMapping}
      data-testid={refused ? 'open-mapping-refused' : 'open-mapping'}
    >
      {refused ? t('openRefused') : t('open')}
    </Button>
  );
}
