/** The place "predict", composed of its features. */
import { PredictionView } from '../../features/prediction/prediction-view.tsx';

export default function Place() {
  return (
    <div data-testid="place-predict-content">
      <PredictionView />
    </div>
  );
}
