// Gradient of attention pooling, one workgroup a sample: with a_t = dy·state_t,
//   de_t = w_t·(a_t − Σ_s w_s·a_s), d states = w_t·dy, dz = de_t·v·(1 − u²) (before the tanh of the projection).
struct Sizes { time: u32, width: u32 }
@group(0) @binding(#) var<storage, read> dy: array<f32>;            // [batch, width]
@group(0) @binding(#) var<storage, read> projected: array<f32>;     // u: [batch, time, width]
@group(0) @binding(#) var<storage, read> score: array<f32>;         // v: [width]
@group(0) @binding(#) var<storage, read> states: array<f32>;        // [batch, time, width]
@group(0) @binding(#) var<storage, read> weights: array<f32>;       // [batch, time]
@group(0) @binding(#) var<storage, read_write> dStates: array<f32>; // [batch, time, width], without what comes through the projection
@group(0) @binding(#) var<storage, read_write> dz: array<f32>;      // [batch, time, width]
@group(0) @binding(#) var<storage, read_write> de: array<f32>;      // [batch, time]
@group(0) @binding(#) var<uniform> sizes: Sizes;

var<workgroup> partial: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let own = local.x;
  let first = group.x * sizes.time;
  let row = group.x * sizes.width;
  var sum = 0.0;
  for (var t = own; t < sizes.time; t += 64u) {
    var along = 0.0;
    for (var i = 0u; i < sizes.width; i++) { along += dy[row + i] * states[(first + t) * sizes.width + i]; }
    de[first + t] = along;
    sum += weights[first + t] * along;
  }
  partial[own] = sum;
  workgroupBarrier();
  sum = 0.0;
  for (var i = 0u; i < 64u; i++) { sum += partial[i]; }
  for (var t = own; t < sizes.time; t += 64u) {
    let weight = weights[first + t];
    let slope = weight * (de[first + t] - sum);
    de[first + t] = slope;
    for (var i = 0u; i < sizes.width; i++) {
      let at = (first + t) * sizes.width + i;
      let u = projected[at];
      dStates[at] = weight * dy[row + i];
      dz[at] = slope * score[i] * (1.0 - u * u);
    }
  }
}
