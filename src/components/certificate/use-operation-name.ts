/** The operations of the self-test by name. */
import { useTranslation } from 'react-i18next';

/** An operation that this page does not know (a run stored by a newer one) keeps its code. */
export function useOperationName(): (operation: string) => string {
  const { t } = useTranslation('proof');
  return (operation) => t(`device.names.${operation as 'linear'}`, { defaultValue: operation });
}
