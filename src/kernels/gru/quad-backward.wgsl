// backward.wgsl for software adapters whose subgroups are four threads, see recurrence/quad-product.wgsl: a workgroup holds 4·SETS samples, a
// thread 4·BLOCKS units that lie side by side. Constants: HIDDEN, FOURS = 3·HIDDEN / 4, THREADS = HIDDEN / (4·BLOCKS), BATCH, ROWS = batch · time.
enable subgroups;
struct Sizes { time: u32, batch: u32, begin: u32, end: u32 }
@group(0) @binding(#) var<storage, read> upstream: array<vec4<f32>, ROWS * HIDDEN / 4u>;       // [batch, time, hidden / 4]
@group(0) @binding(#) var<storage, read> previous: array<vec4<f32>, ROWS * HIDDEN / 4u>;       // [batch, time, hidden / 4]: the state one step earlier
@group(0) @binding(#) var<storage, read> candidates: array<vec4<f32>, ROWS * HIDDEN / 4u>;     // [batch, time, hidden / 4]: q
@group(0) @binding(#) var<storage, read> weight: array<array<mat4x4<f32>, BLOCKS>, FOURS * THREADS>;
@group(0) @binding(#) var<storage, read_write> gates: array<vec4<f32>, ROWS * FOURS>;          // [batch, time, 3, hidden / 4]
@group(0) @binding(#) var<storage, read_write> hiddenGradient: array<vec4<f32>, ROWS * FOURS>; // [batch, time, 3, hidden / 4]: dr, dz, dq
@group(0) @binding(#) var<storage, read_write> carry: array<vec4<f32>, BATCH * HIDDEN / 4u>;   // [batch, hidden / 4]: dh for the next earlier stretch
@group(0) @binding(#) var<uniform> sizes: Sizes;

var<private> direct: array<vec4<f32>, BLOCKS * SETS * 4u>;         // what reaches the earlier state without a product: dh·z

fn factors(row: u32, four: u32) -> vec4<f32> { return hiddenGradient[row * FOURS + four]; }

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let thread = local.x;
  let first = group.x * (4u * SETS);
  let last = sizes.batch - 1u;
  let across = HIDDEN / 4u;
  // In every loop i counts as in `products`: [block, set, neighbour].
  for (var b = 0u; b < BLOCKS; b++) {
    for (var s = 0u; s < SETS; s++) {
      for (var m = 0u; m < 4u; m++) {
        let i = (b * SETS + s) * 4u + m;
        products[i] = vec4<f32>();
        direct[i] = vec4<f32>();
        if (sizes.end < sizes.time) {
          let sample = min(first + s * 4u + (lane ^ m), last);
          products[i] = carry[sample * across + thread * BLOCKS + b];
        }
      }
    }
  }
  for (var step = sizes.begin; step < sizes.end; step++) {
    let t = sizes.end - 1u - (step - sizes.begin);
    for (var b = 0u; b < BLOCKS; b++) {
      for (var s = 0u; s < SETS; s++) {
        for (var m = 0u; m < 4u; m++) {
          let i = (b * SETS + s) * 4u + m;
          // Samples past the batch repeat the last one and are not stored.
          let sample = first + s * 4u + (lane ^ m);
          let units = thread * BLOCKS + b;
          let row = min(sample, last) * sizes.time + t;
          let cell = row * across + units;
          let at = row * FOURS + units;
          let r = gates[at];
          let z = gates[at + across];
          let n = gates[at + 2u * across];
          let dh = products[i] + direct[i] + upstream[cell];
          let dn = dh * (1.0 - z) * (1.0 - n * n);
          let dr = dn * candidates[cell] * r * (1.0 - r);
          let dz = dh * (previous[cell] - n) * z * (1.0 - z);
          let dq = dn * r;
          direct[i] = dh * z;
          if (sample <= last) {
            gates[at] = dr;
            gates[at + across] = dz;
            gates[at + 2u * across] = dn;
            hiddenGradient[at] = dr;
            hiddenGradient[at + across] = dz;
            hiddenGradient[at + 2u * across] = dq;
          }
        }
      }
    }
    storageBarrier();
    multiply(thread, lane, first, t);
  }
  if (sizes.begin > 0u) {
    for (var b = 0u; b < BLOCKS; b++) {
      for (var s = 0u; s < SETS; s++) {
        for (var m = 0u; m < 4u; m++) {
          let i = (b * SETS + s) * 4u + m;
          let sample = first + s * 4u + (lane ^ m);
          if (sample <= last) { carry[sample * across + thread * BLOCKS + b] = products[i] + direct[i]; }
        }
      }
    }
  }
}
