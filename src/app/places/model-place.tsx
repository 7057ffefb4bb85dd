/** The place "model", composed of its features. */
import { ModelView } from '../../features/model/model-view.tsx';

const links = { data: '#/data', training: '#/train' } as const;

export default function Place() {
  return (
    <div data-testid="place-model-content">
      <ModelView
        links={links}
        onStarted={() => {
          window.location.hash = links.training;
        }}
      />
    </div>
  );
}
