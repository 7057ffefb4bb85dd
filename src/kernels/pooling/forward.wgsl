// Additive attention pooling over time (Bahdanau et al. 2015), one workgroup a sample:
//   e_t = v·u_t with u = tanh(projected states), w = softmax over time of e, pooled = Σ_t w_t·state_t
struct Sizes { time: u32, width: u32 }
@group(0) @binding(#) var<storage, read> projected: array<f32>;     // u: [batch, time, width]
@group(0) @binding(#) var<storage, read> score: array<f32>;         // v: [width]
@group(0) @binding(#) var<storage, read> states: array<f32>;        // [batch, time, width]
@group(0) @binding(#) var<storage, read_write> pooled: array<f32>;  // [batch, width]
@group(0) @binding(#) var<storage, read_write> weights: array<f32>; // [batch, time]
@group(0) @binding(#) var<uniform> sizes: Sizes;

var<workgroup> partial: array<f32, 64>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let own = local.x;
  let first = group.x * sizes.time;
  var top = -3.4e38;
  for (var t = own; t < sizes.time; t += 64u) {
    var energy = 0.0;
    for (var i = 0u; i < sizes.width; i++) { energy += score[i] * projected[(first + t) * sizes.width + i]; }
    weights[first + t] = energy;
    top = max(top, energy);
  }
  partial[own] = top;
  workgroupBarrier();
  for (var i = 0u; i < 64u; i++) { top = max(top, partial[i]); }
  workgroupBarrier();
  var sum = 0.0;
  for (var t = own; t < sizes.time; t += 64u) {
    let power = exp(weights[first + t] - top);
    weights[first + t] = power;
    sum += power;
  }
  partial[own] = sum;
  workgroupBarrier();
  sum = 0.0;
  for (var i = 0u; i < 64u; i++) { sum += partial[i]; }
  for (var t = own; t < sizes.time; t += 64u) { weights[first + t] /= sum; }
  storageBarrier();
  for (var i = own; i < sizes.width; i += 64u) {
    var total = 0.0;
    for (var t = 0u; t < sizes.time; t++) { total += weights[first + t] * states[(first + t) * sizes.width + i]; }
    pooled[group.x * sizes.width + i] = total;
  }
}
