// The whole loss of a micro-batch and its gradient in one workgroup:
//   class = −Σ target ⊙ logSoftmax(logits), return = Σ share·(predicted − actual)²,
//   d logits = softmax·Σ target − target, d predicted = 2·weight·share·(predicted − actual).
// Class weights, smoothing, mixing and the division by the batch's weights are in `target`, padding weighs 0 in target and share.
// The step's record gets the parts (added over micro-batches), the metrics' counts, and the predictions. Constants: ROUTED, TOLD.
struct Sizes { rows: u32, first: u32, real: u32, begin: u32, returnWeight: f32, auxiliaryWeight: f32, pieceShare: f32, head: u32, batch: u32 }
@group(0) @binding(#) var<storage, read> logits: array<f32>;             // [rows, 3]
@group(0) @binding(#) var<storage, read> predicted: array<f32>;          // [rows]
@group(0) @binding(#) var<storage, read> goal: array<f32>;               // [rows, 7]: three class targets, return, share, then class and return to score
//#if ROUTED
@group(0) @binding(#) var<storage, read> auxiliary: array<f32>;          // [1]
@group(0) @binding(#) var<storage, read> told: array<f32>;               // [experts + blocks]: load of each expert, auxiliary loss of each block
//#end
@group(0) @binding(#) var<storage, read_write> record: array<f32>;       // the step's record, see training/step-record.ts
@group(0) @binding(#) var<storage, read_write> total: array<f32>;        // [1]
@group(0) @binding(#) var<storage, read_write> dLogits: array<f32>;      // [rows, 3]
@group(0) @binding(#) var<storage, read_write> dPredicted: array<f32>;   // [rows]
@group(0) @binding(#) var<uniform> sizes: Sizes;

var<workgroup> classLosses: array<f32, 64>;
var<workgroup> returnLosses: array<f32, 64>;
var<workgroup> errors: array<f32, 64>;
// Where the confusion counts of the record begin: [actual, predicted].
const CONFUSION = 6u;

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_id) local: vec3<u32>) {
  var classLoss = 0.0;
  var returnLoss = 0.0;
  var error = 0.0;
  for (var row = local.x; row < sizes.rows; row += 64u) {
    let z = vec3<f32>(logits[row * 3u], logits[row * 3u + 1u], logits[row * 3u + 2u]);
    let wanted = vec3<f32>(goal[row * 7u], goal[row * 7u + 1u], goal[row * 7u + 2u]);
    let top = max(z.x, max(z.y, z.z));
    let powers = exp(z - top);
    let sum = powers.x + powers.y + powers.z;
    classLoss -= dot(wanted, z - top - log(sum));
    let gradient = (powers / sum) * (wanted.x + wanted.y + wanted.z) - wanted;
    dLogits[row * 3u] = gradient.x;
    dLogits[row * 3u + 1u] = gradient.y;
    dLogits[row * 3u + 2u] = gradient.z;
    let apart = predicted[row] - goal[row * 7u + 3u];
    let share = goal[row * 7u + 4u];
    returnLoss += share * apart * apart;
    dPredicted[row] = 2.0 * sizes.returnWeight * share * apart;
    if (row < sizes.real) {
      error += abs(predicted[row] - goal[row * 7u + 6u]);
      let at = sizes.head + sizes.first * 3u + row * 3u;
      record[at] = z.x;
      record[at + 1u] = z.y;
      record[at + 2u] = z.z;
      record[sizes.head + sizes.batch * 3u + sizes.first + row] = predicted[row];
    }
  }
  classLosses[local.x] = classLoss;
  returnLosses[local.x] = returnLoss;
  errors[local.x] = error;
  workgroupBarrier();
  if (local.x > 0u) { return; }
  // Added in order, so that the same seed gives the same bits.
  classLoss = 0.0;
  returnLoss = 0.0;
  error = 0.0;
  for (var i = 0u; i < 64u; i++) {
    classLoss += classLosses[i];
    returnLoss += returnLosses[i];
    error += errors[i];
  }
  if (sizes.begin == 1u) {
    for (var i = 0u; i < sizes.head; i++) { record[i] = 0.0; }
  }
  for (var row = 0u; row < sizes.real; row++) {
    let z = vec3<f32>(logits[row * 3u], logits[row * 3u + 1u], logits[row * 3u + 2u]);
    var guess = 0u;
    if (z.y > z.x) { guess = 1u; }
    if (z.z > max(z.x, z.y)) { guess = 2u; }
    record[CONFUSION + u32(goal[row * 7u + 5u]) * 3u + guess] += 1.0;
  }
  record[0] += classLoss;
  record[1] += returnLoss;
  record[5] += error;
  var whole = classLoss + sizes.returnWeight * returnLoss;
  //#if ROUTED
  record[2] += auxiliary[0] * sizes.pieceShare;
  whole += sizes.auxiliaryWeight * sizes.pieceShare * auxiliary[0];
  for (var i = 0u; i < TOLD; i++) { record[CONFUSION + 9u + i] += told[i] * sizes.pieceShare; }
  //#end
  total[0] = whole;
}
