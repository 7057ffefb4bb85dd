/** What is to be done about a problem: the usual action or another one, after which the file is read anew. */
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Finding, FindingAction } from '../../data/finding.ts';
import { possibleActions } from '../../data/mapping.ts';
import { chooseAction } from '../../store/actions.ts';
import { isTraining } from '../../store/state.ts';
import { useStudio } from '../../store/store.ts';

export function ActionSelect({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation('findings');
  const busy = useStudio((state) => state.reading !== null || isTraining(state));
  const { code, action } = finding;
  const possible = possibleActions[code];
  const options = possible.includes(action) ? possible : [action, ...possible];
  return (
    <NativeSelect
      size="xs"
      w={132}
      style={{ flexShrink: 0 }}
      aria-label={t('actionLabel')}
      data-testid={`action-${code}`}
      disabled={busy}
      value={action}
      data={options.map((value) => ({ value, label: t(`choices.${value}`) }))}
      onChange={(event) => chooseAction(code, event.currentTarget.value as FindingAction)}
    />
  );
}
